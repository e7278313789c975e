import { Public, systemActor, UnitOfWork } from '@credit/platform';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { JWK } from 'jose';
import { SigningKeyStore } from './signing-key.store';

@ApiTags('签名')
@Controller('v1')
export class JwksController {
  constructor(private readonly work: UnitOfWork) {}

  @Get('jwks.json')
  @Public('public keys: whoever is shown an answer may check its signature')
  @Header('cache-control', 'public, max-age=300')
  @ApiOperation({ summary: '签名公钥', description: '核验答复签名（JWS，EdDSA）所用的公钥，按签名头中的 kid 选取。' })
  @ApiOkResponse({ description: 'JSON Web Key Set', schema: { type: 'object', properties: { keys: { type: 'array', items: { type: 'object' } } } } })
  async keys(): Promise<{ keys: JWK[] }> {
    return { keys: await this.work.read(systemActor(), (tx) => new SigningKeyStore(tx).publicKeys()) };
  }
}
