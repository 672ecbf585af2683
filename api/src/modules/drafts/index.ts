export { DraftsModule } from './drafts.module';
export { type DraftInput, DraftsService } from './drafts.service';
