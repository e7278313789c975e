import { type EventName, hearers, type Message, type Service } from '@credit/contracts';
import { SetMetadata } from '@nestjs/common';
import type { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { Tx } from '../work/tx';

const hearsKey = Symbol('hears');

/**
 * 收听 — marks a method of a `.processor` as the one handler of an event in this service. It runs inside the transaction
 * that notes the message as heard: `(data, tx, message) => Promise<void>`.
 */
export const Hears = (event: EventName): MethodDecorator => SetMetadata(hearsKey, event);

export type Handler = (data: never, tx: Tx, message: Message) => Promise<void>;

/** All handlers of a service; a catalogue event without a handler, or one with two, stops the start. */
export function collectHandlers(service: Service, discovery: DiscoveryService, scanner: MetadataScanner, reflector: Reflector, own: ReadonlyMap<EventName, Handler>): Map<EventName, Handler> {
  const handlers = new Map<EventName, Handler>(own);
  for (const { instance } of discovery.getProviders() as { instance: Record<string, Handler> | null | undefined }[]) {
    if (!instance || typeof instance !== 'object') continue;
    for (const method of scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object)) {
      const handle = instance[method];
      const event = handle && reflector.get<EventName | undefined>(hearsKey, handle);
      if (!handle || !event) continue;
      if (handlers.has(event)) throw new Error(`${service}: ${event} has two handlers`);
      handlers.set(event, handle.bind(instance));
    }
  }
  for (const [event, listed] of Object.entries(hearers) as [EventName, readonly Service[]][]) {
    if (listed.includes(service) !== handlers.has(event)) {
      throw new Error(handlers.has(event) ? `${service} handles ${event} but the catalogue does not list it` : `${service} is listed for ${event} but has no handler`);
    }
  }
  return handlers;
}
