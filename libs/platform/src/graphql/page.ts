import { Problem } from '@credit/contracts';
import { ArgsType, Field, Int } from '@nestjs/graphql';

const largestPage = 200;

/** 分页 — `first` rows after the cursor of the row before. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 50, description: '每页条数，1–200' })
  first: number = 50;

  @Field(() => String, { nullable: true, description: '上一页最后一行的游标' })
  after?: string;
}

/** The limit of a page; out of bounds is the caller's fault, told as such. */
export function pageSize(page: PageArgs): number {
  if (page.first < 1 || page.first > largestPage) throw new Problem('input.invalid', {}, [{ path: 'first', message: `每页条数须在 1 到 ${largestPage} 之间` }]);
  return page.first;
}

/** Cursors are the sort key of a row, wrapped so that nobody builds on its form. */
export function cursorOf(...sortKey: readonly string[]): string {
  return Buffer.from(JSON.stringify(sortKey), 'utf8').toString('base64url');
}

export function readCursor(cursor: string | null | undefined, parts: number): string[] | null {
  if (cursor === undefined || cursor === null) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(key) && key.length === parts && key.every((part) => typeof part === 'string')) return key as string[];
  } catch {
    // Falls through to the same answer: the cursor is not one of ours.
  }
  throw new Problem('input.invalid', {}, [{ path: 'after', message: '分页游标无效，请从第一页重新查询' }]);
}
