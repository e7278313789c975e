import { z } from 'zod';
import type { Service } from '../services';

/**
 * 内部读取 — one authenticated read between services: what is asked, what one row of the answer looks like. Every answer
 * is a stream of rows (NDJSON), so that a village and a county are read the same way.
 */
export interface InternalRead<Ask extends z.ZodObject = z.ZodObject, Row extends z.ZodObject = z.ZodObject> {
  readonly owner: Service | 'any';
  readonly name: string;
  readonly ask: Ask;
  readonly row: Row;
  /** Who may ask; everybody else is refused. */
  readonly callers: readonly Service[];
}

export function read<Ask extends z.ZodObject, Row extends z.ZodObject>(definition: InternalRead<Ask, Row>): InternalRead<Ask, Row> {
  return definition;
}

export type AskOf<R extends InternalRead> = z.input<R['ask']>;
export type AskedOf<R extends InternalRead> = z.output<R['ask']>;
export type RowOf<R extends InternalRead> = z.output<R['row']>;
