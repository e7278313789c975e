import { ConfigError } from '../config/config';
import { type ServiceDefinition, startService } from './service';

/** The `main` of one service in a process of its own: starts it from the process environment and owns the stop signal. */
export async function runService(definition: ServiceDefinition): Promise<void> {
  try {
    const running = await startService(definition, process.env);
    const stop = (): void => {
      running.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  } catch (error) {
    process.stderr.write(`${error instanceof ConfigError ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
