import { Problem } from '@credit/contracts';
import { type Actor, type PersonalSeal, type Tx, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { FileStore } from '../files/file.store';
import { type Subject, SubjectStore } from './subject.store';

export function seesSubject(actor: Actor, action: string, subject: Subject): boolean {
  return actor.villager ? actor.villager.householdId === subject.subjectId : actor.may(action, subject.groupCode);
}

/** 查阅档案 — by whoever may read this very file; every reading leaves its line. */
@Injectable()
export class FileReader {
  constructor(private readonly vault: Vault) {}

  async open(tx: Tx, actor: Actor, subjectId: string): Promise<{ subject: Subject; seal: PersonalSeal | undefined }> {
    const subject = await new SubjectStore(tx).byId(subjectId);
    await this.requireFile(actor, tx, subject);
    await tx.audit.record('file.read', subjectId);
    return { subject, seal: (await this.vault.existing(tx, [subjectId])).get(subjectId) };
  }

  /** A member from a financial institution reads the files assigned to that person and no others. 三(五) */
  private async requireFile(actor: Actor, tx: Tx, subject: Subject): Promise<void> {
    if (!seesSubject(actor, 'archives.file', subject)) throw new Problem('access.outside-division', { action: 'archives.file' });
    if (actor.villager || actor.posts.some((post) => post.role !== 'bank-verifier')) return;
    const [file] = await new FileStore(tx).bySubjects([subject.subjectId]);
    if (file?.assignedTo !== actor.accountId) throw new Problem('file.not-assigned', { subjectId: subject.subjectId });
  }
}
