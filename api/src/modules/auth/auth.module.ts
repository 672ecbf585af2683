import { Global, Module } from '@nestjs/common';
import { Authenticator } from '../../platform/access';
import { AccessTokens } from './access-tokens';
import { AuthController } from './auth.controller';
import { MembersQueries } from './members.queries';
import { Passwords } from './passwords';
import { RefreshCookie } from './refresh-cookie';
import { RefreshTokens } from './refresh-tokens';
import { Registration } from './registration.service';
import { SessionDirectory } from './session-directory';
import { SessionAuthenticator } from './session.authenticator';
import { Sessions } from './sessions.service';
import { Settings } from './settings.service';
import { SetupLink } from './setup-link';
import { SignIn } from './sign-in.service';
import { WorkspaceController } from './workspace.controller';

/** Global, because every door asks its Authenticator. */
@Global()
@Module({
  controllers: [AuthController, WorkspaceController],
  providers: [
    AccessTokens,
    MembersQueries,
    Passwords,
    RefreshCookie,
    RefreshTokens,
    Registration,
    SessionDirectory,
    Sessions,
    Settings,
    SetupLink,
    SignIn,
    { provide: Authenticator, useClass: SessionAuthenticator },
  ],
  exports: [Authenticator, MembersQueries, Registration, SessionDirectory, Sessions, SetupLink],
})
export class AuthModule {}
