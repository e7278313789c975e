import { Module } from '@nestjs/common';
import { CountyGraph } from './graph/county-graph';
import { GraphController } from './graph/graph.controller';
import { PagesController } from './pages/pages.controller';
import { ProgressController } from './progress/progress.controller';
import { Sessions } from './sessions/sessions';
import { SignInController } from './sessions/sign-in.controller';

@Module({
  controllers: [PagesController, GraphController, SignInController, ProgressController],
  providers: [CountyGraph, Sessions],
  exports: [CountyGraph],
})
export class GatewayModule {}
