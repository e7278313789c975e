import { Module } from '@nestjs/common';
import { ExportList } from './exports/export-list';
import { ExportsController } from './exports/exports.controller';
import { CountyGraph } from './graph/county-graph';
import { GraphController } from './graph/graph.controller';
import { PagesController } from './pages/pages.controller';
import { ProgressController } from './progress/progress.controller';
import { Sessions } from './sessions/sessions';
import { SignInController } from './sessions/sign-in.controller';

@Module({
  controllers: [PagesController, GraphController, SignInController, ProgressController, ExportsController],
  providers: [CountyGraph, Sessions, ExportList],
  exports: [CountyGraph],
})
export class GatewayModule {}
