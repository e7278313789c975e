import type { Logger } from '../telemetry/logger';
import { reasonOf } from '../telemetry/reason';

interface Loop {
  readonly stop: () => void;
  readonly idle: () => Promise<void>;
}

/** 后台作业 — small repeated work of a running service. It wakes things up; nothing is ever decided by it having run. */
export class Background {
  private readonly loops: Loop[] = [];

  constructor(private readonly log: Logger) {}

  /** Runs at once and then again and again, never twice at the same time; a failure is logged and the next round tries again. */
  every(name: string, seconds: number, work: () => Promise<unknown>): void {
    let timer: NodeJS.Timeout | undefined;
    let stopped = false;
    let running: Promise<void> = Promise.resolve();
    const round = (): void => {
      running = work()
        .then(() => undefined)
        .catch((error: unknown) => {
          if (!stopped) this.log.warn({ job: name, reason: reasonOf(error), err: error }, 'background work failed');
        })
        .finally(() => {
          if (!stopped) timer = setTimeout(round, seconds * 1000).unref();
        });
    };
    round();
    this.loops.push({
      stop: () => {
        stopped = true;
        clearTimeout(timer);
      },
      idle: () => running,
    });
  }

  async stop(): Promise<void> {
    for (const loop of this.loops) loop.stop();
    await Promise.all(this.loops.map((loop) => loop.idle()));
  }
}
