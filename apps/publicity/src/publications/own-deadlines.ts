import type { Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { PublicationListStore } from './publication-list.store';

/** 公示自身的期限 — the last days of what hangs now, as publicity's own columns hold them. */
@Injectable()
export class OwnDeadlines {
  async *held(tx: Tx): AsyncGenerator<{ kind: string; key: string; version: number; lastDay: string }> {
    const publications = new PublicationListStore(tx);
    for (let page = await publications.hanging(null); page.length > 0; page = await publications.hanging(page.at(-1)?.key ?? null)) {
      for (const { key, version, lastDay } of page) yield { kind: 'publication', key, version, lastDay };
    }
  }
}
