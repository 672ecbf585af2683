import { Global, Module } from '@nestjs/common';
import { AccessTokens } from './access-tokens';
import { AuthController } from './auth.controller';
import { KnownDevices } from './known-devices';
import { MembersQueries } from './members.queries';
import { PasswordDoor } from './password-door';
import { PasswordPolicy } from './password-policy';
import { HASH_COST, OWASP_COST, Passwords } from './passwords';
import { PresentPassword } from './present-password';
import { RefreshCookie } from './refresh-cookie';
import { RefreshTokens } from './refresh-tokens';
import { RegistrationDoor } from './registration-door';
import { Registration } from './registration.service';
import { SessionDirectory } from './session-directory';
import { SessionAuthenticator } from './session.authenticator';
import { Roles } from './roles';
import { Sessions } from './sessions.service';
import { Settings } from './settings.service';
import { SetupLink } from './setup-link';
import { SignIn } from './sign-in.service';
import { SignInTickets } from './sign-in-tickets';
import { Tries } from './tries';
import { WorkspaceController } from './workspace.controller';

/** Global, because people and their sessions are under everything. */
@Global()
@Module({
  controllers: [AuthController, WorkspaceController],
  providers: [
    AccessTokens,
    KnownDevices,
    MembersQueries,
    PasswordDoor,
    PasswordPolicy,
    Passwords,
    { provide: HASH_COST, useValue: OWASP_COST },
    PresentPassword,
    RefreshCookie,
    RefreshTokens,
    Registration,
    RegistrationDoor,
    Roles,
    SessionAuthenticator,
    SessionDirectory,
    Sessions,
    Settings,
    SetupLink,
    SignIn,
    SignInTickets,
    Tries,
  ],
  exports: [
    KnownDevices,
    PasswordDoor,
    PasswordPolicy,
    Passwords,
    PresentPassword,
    RefreshCookie,
    Registration,
    RegistrationDoor,
    Roles,
    SessionDirectory,
    Sessions,
    SetupLink,
    SignIn,
    MembersQueries,
    Tries,
  ],
})
export class AuthModule {}
