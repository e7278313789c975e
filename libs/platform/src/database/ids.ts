import { v7 } from 'uuid';

/** A new key: UUIDv7, made by the application, so that rows lie in the order they were made. */
export function newId(): string {
  return v7();
}
