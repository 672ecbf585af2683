import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { PeopleModule } from '../people';
import { IdentitiesController } from './identities/identities.controller';
import { Identities } from './identities/identities.service';
import { MergedPeopleReaction } from './merged-people.reaction';
import { OidcClient } from './oidc.client';
import { ProviderLookup } from './providers/provider-lookup';
import { ProvidersController } from './providers/providers.controller';
import { ProvidersQueries } from './providers/providers.queries';
import { ProvidersService } from './providers/providers.service';
import { Joining } from './sign-in/joining.service';
import { SsoController } from './sign-in/sso.controller';
import { SsoSignIn } from './sign-in/sso-sign-in.service';
import { SsoVisit } from './sign-in/sso-visit.service';
import { VisitEnds } from './sign-in/visit-ends';
import { Visits } from './sign-in/visits';

/** Single sign-on by OpenID Connect. */
@Module({
  imports: [AccountsModule, PeopleModule],
  controllers: [ProvidersController, SsoController, IdentitiesController],
  providers: [
    Identities,
    Joining,
    MergedPeopleReaction,
    OidcClient,
    ProviderLookup,
    ProvidersQueries,
    ProvidersService,
    SsoSignIn,
    SsoVisit,
    VisitEnds,
    Visits,
  ],
})
export class SsoModule {}
