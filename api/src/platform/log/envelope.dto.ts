import { ApiProperty } from '@nestjs/swagger';
import {
  ACTOR_TYPES,
  type EventActor,
  EVENT_TYPES,
  type EventType,
  REF_KINDS,
  type RefKind,
} from '@threadline/contracts';

export class EventActorDto implements EventActor {
  @ApiProperty({ enum: ACTOR_TYPES })
  type: EventActor['type'];
  /** Of the user, the API key or the lead; for the system, the name of its part. */
  id: string;
}

export class EventSubjectDto {
  @ApiProperty({ enum: REF_KINDS })
  type: RefKind;
  id: string;
}

/** What happened: the same shape in lists, on the socket and in webhooks. */
export class EnvelopeDto {
  id: string;
  /** Counts up by one per workspace, without gaps, in commit order. */
  seq: number;
  @ApiProperty({ enum: EVENT_TYPES })
  type: EventType;
  workspaceId: string;
  occurredAt: string;
  actor: EventActorDto;
  subject: EventSubjectDto;
  /** The things it is about, as `kind:id`. */
  about: string[];
  /** Depends on the type. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  data: object;
}

export class EnvelopePageDto {
  items: EnvelopeDto[];
  nextCursor: string | null;
  /** The log's head when the page was read: later events are not in it. */
  asOf: number;
}
