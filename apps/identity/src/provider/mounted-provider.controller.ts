import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Config, CONFIG, UnitOfWork, Vault } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { default as OidcProvider } from 'oidc-provider';
import { makeProvider } from './provider';

interface Mounted extends IncomingMessage {
  originalUrl?: string;
}

/** The provider under the path of its issuer. It reads raw requests itself, so it has a corner of Fastify without body parsers. */
@Injectable()
export class MountedProvider {
  private made: OidcProvider | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  get provider(): OidcProvider {
    if (!this.made) throw new Error('the provider is not mounted yet');
    return this.made;
  }

  async mount(app: NestFastifyApplication): Promise<void> {
    this.made = await makeProvider(this.config, this.work, this.vault);
    const handle = this.made.callback();
    const path = new URL(this.config.OIDC_ISSUER).pathname.replace(/\/$/, '');
    const fastify = app.getHttpAdapter().getInstance();
    await fastify.register(async (corner) => {
      corner.removeAllContentTypeParsers();
      corner.addContentTypeParser('*', (_request, _payload, done) => done(null));
      corner.all(`${path}/*`, async (request, reply) => {
        reply.hijack();
        const raw: Mounted = request.raw;
        raw.originalUrl = raw.url ?? '';
        raw.url = raw.originalUrl.slice(path.length);
        await handle(raw, reply.raw as ServerResponse);
      });
    });
  }
}
