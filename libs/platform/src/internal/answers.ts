import type { AskedOf, InternalRead, RowOf, Service } from '@credit/contracts';
import { SetMetadata } from '@nestjs/common';
import type { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';

const answersKey = Symbol('answers');

export type Answer<R extends InternalRead = InternalRead> = (ask: AskedOf<R>, caller: Service) => AsyncIterable<RowOf<R>> | Promise<readonly RowOf<R>[]>;

/** 应答 — marks a method of a `.reads` provider as this service's answer to an internal read: `(ask, caller) => rows`. */
export const Answers = (read: InternalRead): MethodDecorator => SetMetadata(answersKey, read);

export interface RegisteredAnswer {
  readonly read: InternalRead;
  readonly answer: Answer;
}

export function collectAnswers(discovery: DiscoveryService, scanner: MetadataScanner, reflector: Reflector): Map<string, RegisteredAnswer> {
  const answers = new Map<string, RegisteredAnswer>();
  for (const { instance } of discovery.getProviders() as { instance: Record<string, Answer> | null | undefined }[]) {
    if (!instance || typeof instance !== 'object') continue;
    for (const method of scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object)) {
      const answer = instance[method];
      const read = answer && reflector.get<InternalRead | undefined>(answersKey, answer);
      if (!answer || !read) continue;
      if (answers.has(read.name)) throw new Error(`${read.name} has two answers`);
      answers.set(read.name, { read, answer: answer.bind(instance) });
    }
  }
  return answers;
}
