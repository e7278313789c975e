import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Public, repositoryRoot } from '@credit/platform';
import { Controller, Get, Header } from '@nestjs/common';

const page = (name: string): string => readFileSync(join(repositoryRoot(), 'apps/gateway/src/pages', name), 'utf8');

/** Only what the gateway itself serves. Says nothing of https: in an office network it may be reached without. */
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** 首页 — a small console for the graph; static, without any data of its own. */
@Controller()
@Public('static pages')
export class PagesController {
  private readonly html = page('console.html');
  private readonly css = page('console.css');
  private readonly script = page('console.js');

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', contentPolicy)
  home(): string {
    return this.html;
  }

  @Get('console.css')
  @Header('content-type', 'text/css; charset=utf-8')
  style(): string {
    return this.css;
  }

  @Get('console.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  behaviour(): string {
    return this.script;
  }
}
