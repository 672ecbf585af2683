import { Module } from '@nestjs/common';
import { ReachesQueries } from './reaches.queries';

/** How far people reach among leads and conversations. */
@Module({ providers: [ReachesQueries], exports: [ReachesQueries] })
export class ReachModule {}
