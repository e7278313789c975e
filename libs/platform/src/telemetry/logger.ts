import { type DestinationStream, type LoggerOptions, pino, type Logger as Pino } from 'pino';
import type { Config } from '../config/config';
import { currentTrail } from './trail';

export type Logger = Pino;

/** Names of fields that may hold personal data; they are cut out wherever they stand in a log line. */
const personal = ['name', 'residentId', 'phone', 'mobile', 'address', 'text', 'password', 'code', 'authorization', 'cookie', 'token'];

/** An error in a log is its class, its code and where it happened; its text may quote a person's data and stays out. */
function errorWithoutText(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const errorCode = 'code' in error ? String(error.code) : undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at ')).slice(0, 6);
  return { type: error.name, errorCode, at: frames.map((line) => line.trim()) };
}

/** Which request and which trace a line belongs to, whoever writes it. */
function belonging(): object {
  const trail = currentTrail();
  return trail ? { requestId: trail.requestId, ...(trail.span ? { traceId: trail.span.traceId } : {}) } : {};
}

/** 运行日志 — one JSON line per event, ids and codes only; to standard output unless told otherwise. */
export function createLogger(config: Pick<Config, 'LOG_LEVEL' | 'SERVICE'>, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level: config.LOG_LEVEL,
    base: { service: config.SERVICE },
    redact: { paths: personal.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[redacted]' },
    mixin: belonging,
    serializers: { err: errorWithoutText },
    hooks: {
      // Without a message of the caller's, the error's own text would be the message.
      logMethod(args, method) {
        method.apply(this, typeof args[0] === 'object' && args.length === 1 ? [args[0], ''] : args);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
