export { APPEND_EVENTS, eventParameter, type EventRow, toEnvelope } from './event-rows';
export { EventReader, readEvents, type RunQuery } from './event-reader';
export { LogModule } from './log.module';
