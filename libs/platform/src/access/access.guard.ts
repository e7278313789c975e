import { type InternalRead, Problem, type Service } from '@credit/contracts';
import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { ServiceTokens } from '../internal/service-tokens';
import { AccessTable } from './access-table';
import { Actor, anonymous, type HeldPost } from './actor';
import { Tokens } from './tokens';

const allowKey = Symbol('allow');
const publicKey = Symbol('public');
const internalKey = Symbol('internal');

/** 权限 — the action of the access table that this door needs. */
export const Allow = (action: string): MethodDecorator => SetMetadata(allowKey, action);
/** 公开 — a door for everybody; says why. */
export const Public = (why: string): MethodDecorator & ClassDecorator => SetMetadata(publicKey, why);
/** A door for other services only. */
export const InternalOnly = (): MethodDecorator & ClassDecorator => SetMetadata(internalKey, true);

/** The scope without which a token opens no door of this system. */
export const doorScope = 'credit';
/** The scope of a token that a client may use for a purpose (授权用途). */
export const purposeScope = (purpose: string): string => `purpose:${purpose}`;

export interface GuardedRequest extends FastifyRequest {
  actor?: Actor;
  caller?: Service;
}

/** The request behind a REST call or a GraphQL field. */
export function requestOf(context: ExecutionContext): GuardedRequest {
  if (context.getType<string>() !== 'graphql') return context.switchToHttp().getRequest<GuardedRequest>();
  return context.getArgByIndex<{ req: GuardedRequest }>(2).req;
}

/** 当前办理人 — the actor of the request, as a parameter. */
export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => requestOf(context).actor ?? anonymous);

/** 权限守卫 — one guard at every door: a door without a rule is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: Tokens,
    private readonly serviceTokens: ServiceTokens,
    private readonly table: AccessTable,
    private readonly database: DataSource | null,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = requestOf(context);
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(internalKey, targets)) return this.admitService(request);
    const action = this.reflector.get<string | undefined>(allowKey, context.getHandler());
    if (action === undefined) {
      if (this.reflector.getAllAndOverride<string>(publicKey, targets)) return true;
      throw new Problem('access.denied', { reason: 'no-rule' });
    }
    request.actor ??= await this.identify(request);
    if (request.actor.mayAnywhere(action)) return true;
    throw new Problem(request.actor.kind === 'anonymous' ? 'auth.missing' : 'access.denied', { action });
  }

  private async admitService(request: GuardedRequest): Promise<true> {
    const caller = await this.serviceTokens.caller(bearerOf(request) ?? '');
    if (!caller) throw new Problem('auth.invalid');
    request.caller = caller;
    return true;
  }

  private async identify(request: GuardedRequest): Promise<Actor> {
    const token = bearerOf(request);
    if (!token) return new Actor('anonymous', null, [], this.table.grants);
    const claims = await this.tokens.verify(token);
    const scopes = claims.scope?.split(' ') ?? [];
    if (!scopes.includes(doorScope)) throw new Problem('auth.scope-missing', { scope: doorScope });
    switch (claims.kind) {
      case 'account':
        return new Actor('account', claims.sub, await this.postsOf(claims.sub), this.table.grants);
      case 'villager':
        if (!claims.household_id || !claims.member_id) throw new Problem('auth.invalid');
        return new Actor('villager', claims.member_id, [], this.table.grants, { householdId: claims.household_id, memberId: claims.member_id });
      case 'client':
        return new Actor('client', claims.sub, [], this.table.grants, null, null, scopes);
    }
  }

  /** 任职 held today, by the database's clock. */
  private async postsOf(accountId: string): Promise<HeldPost[]> {
    if (!this.database) return [];
    return this.database.query<HeldPost[]>(
      `SELECT post_id AS "postId", role, division_code AS "divisionCode", organisation FROM post
       WHERE account_id = $1 AND from_on <= platform.today() AND (to_on IS NULL OR to_on >= platform.today())`,
      [accountId],
    );
  }
}

export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** Refuses a service that the contract does not list as a caller. */
export function requireCaller(read: InternalRead, caller: Service | undefined): Service {
  if (!caller || !read.callers.includes(caller)) throw new Problem('access.denied', { read: read.name });
  return caller;
}
