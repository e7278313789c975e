import { type InputFault, isProblemCode, Problem, type ProblemCode, problems } from '@credit/contracts';
import { PolicyError } from '@credit/policy';
import { HttpException } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import { QueryFailedError } from 'typeorm';
import { ZodError } from 'zod';

/** 问题详情 (RFC 9457) as every door answers it. */
export interface ProblemAnswer {
  readonly type: string;
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly faults?: readonly InputFault[];
}

function answer(code: ProblemCode, facts: Readonly<Record<string, unknown>> = {}, faults: readonly InputFault[] = [], detail?: string): ProblemAnswer {
  const { status, title } = problems[code];
  return {
    type: `urn:credit-village:problem:${code}`,
    code,
    status,
    title,
    ...(detail === undefined ? {} : { detail }),
    facts,
    ...(faults.length > 0 ? { faults } : {}),
  };
}

const fromStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'input.unreadable',
  401: 'auth.missing',
  403: 'access.denied',
  404: 'not-found',
  413: 'input.too-large',
  415: 'media.unsupported',
  429: 'rate.limited',
};

/** States in which trying later may help: of PostgreSQL, connection, shutdown, resources, disk full; of the network, all. */
const storageStates = /^(08|53|57P|58|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/;
/** What the driver says without a state when it has no connection. */
const withoutConnection = /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|Query read timeout)/;

function zodFaults(error: ZodError): InputFault[] {
  return error.issues.map((issue) => ({ path: issue.path.join('.'), message: `填写不符合要求：${issue.message}` }));
}

function storageIsAway(error: unknown): boolean {
  const state = sqlState(error);
  if (state) return storageStates.test(state);
  return error instanceof Error && withoutConnection.test(error.message);
}

function sqlState(error: unknown): string | undefined {
  if (error instanceof QueryFailedError) return (error.driverError as { code?: string }).code;
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * Turns whatever was thrown into the one form of answer. Nothing of the original text leaves the service: no SQL, no stack,
 * no person's data.
 */
export function problemAnswer(error: unknown): ProblemAnswer {
  if (error instanceof Problem) return answer(error.code, error.facts, error.faults, error.detail);
  if (error instanceof PolicyError) {
    const code: ProblemCode = isProblemCode(error.code) ? error.code : error.code.endsWith('.illegal-move') ? 'state.illegal-move' : 'input.invalid';
    return answer(code, { ...error.facts, rule: error.code });
  }
  if (error instanceof ZodError) return answer('input.invalid', {}, zodFaults(error));
  if (error instanceof GraphQLError) {
    if (error.originalError) return problemAnswer(error.originalError);
    const fault = { path: (error.path ?? []).join('.'), message: error.message };
    return error.extensions['code'] === 'INTERNAL_SERVER_ERROR' ? answer('internal.error') : answer('input.invalid', {}, [fault]);
  }
  if (storageIsAway(error)) return answer('storage.unavailable');
  const state = sqlState(error);
  if (state === '22P02' || state === '22007' || state === '22008') return answer('input.invalid');
  const status = error instanceof HttpException ? error.getStatus() : ((error as { statusCode?: unknown } | null)?.statusCode as number | undefined);
  return answer((status !== undefined && fromStatus[status]) || 'internal.error');
}
