export { EnvelopeDto, EnvelopePageDto, EventActorDto } from './envelope.dto';
export { APPEND_EVENTS, eventParameter, type EventRow, toEnvelope } from './event-rows';
export { EventReader, readEvents, readHead, type RunQuery } from './event-reader';
export { LogModule } from './log.module';
