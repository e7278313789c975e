import type { Actor } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { toString as qrSvg } from 'qrcode';
import { GatherNotice, type NoticeRequest } from '../printing/gather-notice';
import { noticeDocument } from '../printing/notice';
import { SETTINGS, type Settings } from '../settings';
import { noticePage } from './notice-page';

/** 打印公示文书 — as a page of the browser, with the code that leads to the public page. 三(三)3 */
@Injectable()
export class PrintNotice {
  constructor(
    private readonly gather: GatherNotice,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async execute(actor: Actor, request: NoticeRequest): Promise<string> {
    const facts = await this.gather.execute(actor, request);
    const { publicUrl } = this.settings;
    const qr = publicUrl === undefined ? null : await qrSvg(`${publicUrl.replace(/\/$/, '')}/p/${facts.publication.divisionCode}`, { type: 'svg', margin: 0 });
    return noticePage(noticeDocument(facts), qr);
  }
}
