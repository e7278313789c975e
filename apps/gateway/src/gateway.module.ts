import { Module } from '@nestjs/common';
import { ExportList } from './exports/export-list';
import { ExportsController } from './exports/exports.controller';
import { CountyGraph } from './graph/county-graph';
import { GraphController } from './graph/graph.controller';
import { OperationsController } from './operations/operations.controller';
import { OperationsDesk } from './operations/operations-desk';
import { PagesController } from './pages/pages.controller';
import { ProgressController } from './progress/progress.controller';
import { Sessions } from './sessions/sessions';
import { SignInController } from './sessions/sign-in.controller';

@Module({
  controllers: [PagesController, GraphController, SignInController, ProgressController, ExportsController, OperationsController],
  providers: [CountyGraph, Sessions, ExportList, OperationsDesk],
  exports: [CountyGraph],
})
export class GatewayModule {}
