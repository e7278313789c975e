import { Background, systemActor, UnitOfWork } from '@credit/platform';
import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { AccountResolver } from './accounts/account.resolver';
import { CreateAccount } from './accounts/create-account';
import { LinkAccount } from './accounts/link-account';
import { SetPassword } from './accounts/set-password';
import { SignInWithPassword } from './accounts/sign-in-with-password';
import { UnlockAccount } from './accounts/unlock-account';
import { BootstrapAdministrators } from './administrators/bootstrap-administrators';
import { AuditResolver } from './audit/audit.resolver';
import { ClientReads } from './clients/client.reads';
import { ClientResolver } from './clients/client.resolver';
import { RegisterClient, RotateClientKeys } from './clients/register-client';
import { ExportResolver } from './exports/export.resolver';
import { NoteExport } from './exports/note-export';
import { InteractionController } from './interactions/interaction.controller';
import { SignInDesk } from './interactions/sign-in-desk.controller';
import { EndPost } from './posts/end-post';
import { GivePost } from './posts/give-post';
import { PostResolver } from './posts/post.resolver';
import { MountedProvider } from './provider/mounted-provider.controller';
import { OidcStore } from './provider/oidc.store';
import { SignInWithSlip } from './slips/sign-in-with-slip';
import { SlipReads } from './slips/slip.reads';
import { SignInUpstream } from './upstream/sign-in-upstream';
import { UpstreamController } from './upstream/upstream.controller';
import { UpstreamProvider } from './upstream/upstream-provider';

const sweepSeconds = 600;

@Module({
  controllers: [InteractionController, UpstreamController],
  providers: [
    MountedProvider,
    SignInDesk,
    UpstreamProvider,
    SignInUpstream,
    BootstrapAdministrators,
    CreateAccount,
    SetPassword,
    UnlockAccount,
    LinkAccount,
    SignInWithPassword,
    AccountResolver,
    GivePost,
    EndPost,
    PostResolver,
    RegisterClient,
    RotateClientKeys,
    ClientResolver,
    ClientReads,
    SignInWithSlip,
    SlipReads,
    AuditResolver,
    NoteExport,
    ExportResolver,
  ],
})
export class IdentityModule implements OnApplicationBootstrap {
  constructor(
    private readonly work: UnitOfWork,
    private readonly background: Background,
  ) {}

  /** Expired sessions, codes and grants go after a while; they are refused by their expiry anyway. */
  onApplicationBootstrap(): void {
    this.background.every('oidc-sweep', sweepSeconds, () => this.work.run(systemActor(), (tx) => new OidcStore(tx).sweep()));
  }
}
