import {
  type EnterRequest,
  type Service,
  SERVICES,
  STREAM_VERSION,
  type SubscribeRefusal,
  type SubscribeRequest,
  type TypingRequest,
} from '@threadline/contracts';

/** What a screen sent, read; or why it cannot be. */
export type Read<T> = { ok: true; request: T } | { ok: false; refusal: SubscribeRefusal };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Reads `subscribe`. Fields that are not part of it are ignored; those that are must be right. */
export function readSubscribe(raw: unknown): Read<SubscribeRequest> {
  if (!isObject(raw)) return invalid('Send an object with services and version.');
  const { services, version, lastSeq, epoch } = raw;
  if (!Array.isArray(services) || services.length === 0 || services.length > SERVICES.length) {
    return invalid(`services must be a list of 1 to ${SERVICES.length} services.`);
  }
  const known = services.filter(isService);
  if (known.length < services.length) return invalid(`services can be ${SERVICES.join(', ')}.`);
  if (version !== STREAM_VERSION) return invalid(`This server speaks version ${STREAM_VERSION} of the stream.`);
  if (lastSeq !== undefined && !isPosition(lastSeq)) {
    return invalid('lastSeq must be a whole number from 0, or be left out.');
  }
  if (epoch !== undefined && (typeof epoch !== 'string' || epoch.length > 100)) {
    return invalid('epoch must be the one that an ack or a reset named, or be left out.');
  }
  return {
    ok: true,
    request: {
      services: [...new Set(known)],
      version,
      ...(lastSeq === undefined ? {} : { lastSeq }),
      ...(epoch === undefined ? {} : { epoch }),
    },
  };
}

/** Reads `enter` and `leave`. */
export function readEnter(raw: unknown): Read<EnterRequest> {
  const conversationId = isObject(raw) ? raw.conversationId : undefined;
  if (typeof conversationId !== 'string' || !UUID.test(conversationId)) {
    return invalid('conversationId must be the id of a conversation.');
  }
  return { ok: true, request: { conversationId: conversationId.toLowerCase() } };
}

/** Reads `typing`. */
export function readTyping(raw: unknown): Read<TypingRequest> {
  const entered = readEnter(raw);
  if (!entered.ok) return entered;
  const typing = isObject(raw) ? raw.typing : undefined;
  if (typeof typing !== 'boolean') return invalid('typing must be true or false.');
  return { ok: true, request: { ...entered.request, typing } };
}

function invalid(detail: string): { ok: false; refusal: SubscribeRefusal } {
  return { ok: false, refusal: { type: 'error', code: 'invalid_input', detail } };
}

function isObject(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

function isService(value: unknown): value is Service {
  return (SERVICES as readonly unknown[]).includes(value);
}

function isPosition(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
