import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { ApiKeysController } from './api-keys.controller';
import { ApiKeysQueries } from './api-keys.queries';
import { ApiKeys } from './api-keys.service';
import { ExposedKeys } from './exposed-keys';
import { KeyAuthenticator } from './key.authenticator';
import { KeyDirectory } from './key-directory';
import { KeyUse } from './key-use';
import { MakersReaction } from './makers.reaction';

/** What programs sign in with. */
@Module({
  imports: [AccountsModule],
  controllers: [ApiKeysController],
  providers: [ApiKeys, ApiKeysQueries, ExposedKeys, KeyAuthenticator, KeyDirectory, KeyUse, MakersReaction],
  exports: [ExposedKeys],
})
export class ApiKeysModule {}
