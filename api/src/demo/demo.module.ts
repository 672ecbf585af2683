import { Module } from '@nestjs/common';
import { ConversationsModule } from '../modules/conversations';
import { DraftsModule } from '../modules/drafts';
import { LeadsModule } from '../modules/leads';
import { TrackingModule } from '../modules/tracking';
import { DemoStories } from './demo.stories';
import { DemoWorkspace } from './demo.workspace';

@Module({
  imports: [LeadsModule, DraftsModule, ConversationsModule, TrackingModule],
  providers: [DemoStories, DemoWorkspace],
})
export class DemoModule {}
