import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../telemetry/logger';
import { problemAnswer } from './problem-answer';

/** Answers every error of a REST door as `application/problem+json`; GraphQL errors go on to the graph's own formatter. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    if (host.getType<string>() === 'graphql') throw error;
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const answer = problemAnswer(error);
    if (answer.status >= 500) this.log.error({ requestId: request.id, problem: answer.code, err: error }, 'request failed');
    if (reply.sent) return;
    await reply.status(answer.status).header('content-type', 'application/problem+json; charset=utf-8').send({ ...answer, requestId: request.id });
  }
}
