export { AuthModule } from './auth.module';
export { MembersQueries } from './members.queries';
export { Registration, type RegisteredPerson } from './registration.service';
export { SessionDirectory } from './session-directory';
export { Sessions } from './sessions.service';
export { SetupLink } from './setup-link';
