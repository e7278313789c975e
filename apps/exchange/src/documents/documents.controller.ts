import { Public } from '@credit/platform';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController, type OpenAPIObject } from '@nestjs/swagger';
import { ApiDocument } from './api-document';
import { documentPage } from './document-page';

@ApiExcludeController()
@Controller('v1')
@Public('how to use the interface; no case data')
export class DocumentsController {
  constructor(private readonly document: ApiDocument) {}

  @Get('openapi.json')
  openapi(): OpenAPIObject {
    return this.document.get();
  }

  @Get('docs')
  @Header('content-type', 'text/html; charset=utf-8')
  page(): string {
    return documentPage(this.document.get());
  }
}
