import type { Service } from '@credit/contracts';
import type { Type } from '@nestjs/common';
import { MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { definitions } from '../system/definitions';

const metadata = (key: string, holder: object): unknown => Reflect.getMetadata(key, holder) as unknown;
const list = <T>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : []);
const paths = (value: unknown): string[] => (typeof value === 'string' ? [value] : list<string>(value));

function controllersUnder(module: Type): Type[] {
  const inner = list<Type | { module: Type }>(metadata(MODULE_METADATA.IMPORTS, module)).map((imported) => (typeof imported === 'function' ? imported : imported.module));
  return [...list<Type>(metadata(MODULE_METADATA.CONTROLLERS, module)), ...inner.flatMap(controllersUnder)];
}

export function routesOf(controller: Type): string[] {
  const prototype = controller.prototype as Record<string, unknown>;
  const names = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
  const handlers = names.flatMap((name) => {
    const handler = prototype[name];
    return typeof handler === 'function' ? paths(metadata(PATH_METADATA, handler)) : [];
  });
  const joined = paths(metadata(PATH_METADATA, controller)).flatMap((prefix) => handlers.map((path) => `/${prefix}/${path}`));
  return joined.map((path) => path.replaceAll(/\/{2,}/g, '/').replace(/(?<=.)\/$/, ''));
}

/** The REST paths of a service's own controllers, as its code declares them. */
export function serviceRoutes(service: Service): string[] {
  const definition = definitions.find((candidate) => candidate.service === service);
  return definition ? controllersUnder(definition.module).flatMap(routesOf) : [];
}
