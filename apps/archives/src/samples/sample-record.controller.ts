import { Problem } from '@credit/contracts';
import { anonymous, Public, UnitOfWork } from '@credit/platform';
import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { type SampleRecord, SampleStore } from './sample.store';

interface Commitment {
  readonly sampleId: string;
  readonly seedHash: string;
  readonly committedAt: Date;
  readonly result: string | null;
}

/** 抽查公开记录 — the promised hash before, the seed and what it drew from after: anybody can draw the sample again. 三(五) */
@Controller('samples')
@Public('hashes, dates and random file numbers; names nobody')
export class SampleRecordController {
  constructor(private readonly work: UnitOfWork) {}

  @Get('villages/:code')
  ofVillage(@Param('code') code: string): Promise<Commitment[]> {
    return this.work.read(anonymous, async (tx) => (await new SampleStore(tx).ofVillage(code)).map(({ sampleId, seedHash, committedAt, result }) => ({ sampleId, seedHash, committedAt, result })));
  }

  @Get(':id')
  record(@Param('id', ParseUUIDPipe) id: string): Promise<SampleRecord> {
    return this.work.read(anonymous, async (tx) => {
      const record = await new SampleStore(tx).record(id);
      if (!record) throw new Problem('not-found', { sampleId: id });
      return record;
    });
  }
}
