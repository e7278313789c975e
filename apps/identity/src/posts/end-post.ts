import { Problem } from '@credit/contracts';
import { type Actor, type Config, CONFIG, type Receipt, UnitOfWork } from '@credit/platform';
import { plainDate } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { identitySettings } from '../settings';
import { PostStore } from './post.store';

export interface EndPostInput {
  readonly requestId: string;
  readonly postId: string;
  /** The last day in post; today when absent. */
  readonly toOn?: string;
}

/** 免职 — the post stays on record with its last day. */
@Injectable()
export class EndPost {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  execute(actor: Actor, input: EndPostInput): Promise<Receipt & { postId: string; toOn: string }> {
    return this.work.once({ actor, operation: 'post.end', requestId: input.requestId, body: input }, async (tx) => {
      actor.require('identity.post.manage', identitySettings(this.config).countyCode);
      const posts = new PostStore(tx);
      const post = await posts.lock(input.postId);
      if (post.toOn && post.toOn < tx.today) throw new Problem('post.ended', { toOn: post.toOn });
      const toOn = input.toOn === undefined ? tx.today : plainDate(input.toOn);
      if (toOn < tx.today || toOn < post.fromOn) throw new Problem('input.invalid', {}, [{ path: 'toOn', message: '免职日不能早于今天，也不能早于任职日' }]);
      await posts.end(post, toOn);
      await tx.audit.record('post.ended', post.postId, { toOn });
      return { postId: post.postId, toOn };
    });
  }
}
