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

/** PostgreSQL states in which nothing was stored and trying later may help: connection, shutdown, resources, disk full. */
const storageStates = /^(08|53|57P|58)/;

function zodFaults(error: ZodError): InputFault[] {
  return error.issues.map((issue) => ({ path: issue.path.join('.'), message: `填写不符合要求：${issue.message}` }));
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
  const state = sqlState(error);
  if (state && (storageStates.test(state) || state.startsWith('ECONN'))) return answer('storage.unavailable');
  if (state === '22P02' || state === '22007' || state === '22008') return answer('input.invalid');
  const status = error instanceof HttpException ? error.getStatus() : ((error as { statusCode?: unknown } | null)?.statusCode as number | undefined);
  return answer((status !== undefined && fromStatus[status]) || 'internal.error');
}
