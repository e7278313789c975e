import { type Actor, Allow, CurrentActor, Printed, Public } from '@credit/platform';
import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CheckCertificate, type CertificateCheck } from './check-certificate';
import { PrintCertificate } from './print-certificate';

const kinds: Readonly<Record<string, string>> = { household: '农户', entity: '新型农业经营主体', collective: '村集体经济组织' };
const states = { valid: '有效', expired: '已过有效期', revoked: '已撤销', superseded: '已被新的评定代替' } as const;

function page(check: CertificateCheck | null): string {
  const rows = check?.genuine
    ? [['证书编号', check.certificateNo], ['主体类别', kinds[check.subjectKind] ?? check.subjectKind], ['信用等级', check.grade], ['评定日', check.certifiedOn], ['有效期至', `${check.lastDay} 24:00`], ['状态', states[check.status]]]
    : [];
  const table = rows.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`).join('');
  const result = check === null ? '' : check.genuine ? `<table>${table}</table>` : '<p role="alert">编号与核验码不相符，请对照证书重新填写。</p>';
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>信用等级证书核验</title></head>
<body><h1>信用等级证书核验</h1><form method="get" action="/certificates/check"><p><label>证书编号 <input name="no" required maxlength="20"></label></p><p><label>核验码 <input name="code" required maxlength="20"></label></p><p><button>核验</button></p></form>${result}</body></html>`;
}

/** 证书之门 — the paper for its holder, and the page for whoever is shown one; without its code that page tells nothing. */
@Controller('certificates')
export class CertificateController {
  constructor(
    private readonly check: CheckCertificate,
    private readonly print: PrintCertificate,
  ) {}

  @Get('check')
  @Public('whoever holds a certificate may check it; names nobody')
  @Printed('html')
  async show(@Query('no') no?: string, @Query('code') code?: string): Promise<string> {
    return page(no && code ? await this.check.execute(String(no), String(code)) : null);
  }

  /** The code on it leads to the page above under the name by which this door was reached. */
  @Get(':certificateNo.pdf')
  @Allow('certificate.print')
  @Printed('pdf')
  pdf(@CurrentActor() actor: Actor, @Req() request: FastifyRequest, @Param('certificateNo') certificateNo: string): Promise<Buffer> {
    return this.print.execute(actor, certificateNo, `${request.protocol}://${request.host}/certificates/check`);
  }
}
