import { answersIn, type Description, type Operation, type Place, placesOf, type Reference } from './description.types';
import type { RouteManners } from './doors';
import { headersOf } from './headers';
import { codesOf, problemResponses } from './problems';
import { sampleOf } from './samples';
import { securityOf } from './security';

const SENTENCE = /^(.*?[.!?])(?:\s|$)/s;
/** A POST that asks something, or that only makes sense once, keeps no result under a key. */
const WITHOUT_KEY = /^\/api\/(?:auth\/|batch$)/;

const STATUS_WORDS: Readonly<Record<string, string>> = {
  200: 'The answer.',
  201: 'It was made.',
  202: 'It was taken, and will be done.',
  204: 'Done; there is nothing to say.',
  302: 'Elsewhere.',
};

/** Completes every operation: words, security, headers, errors, examples. */
export function describeOperations(document: Description, manners: ReadonlyMap<string, RouteManners>): void {
  for (const place of placesOf(document)) {
    const own = manners.get(place.operation.operationId);
    putInWords(place, own);
    if (place.path.startsWith('/api/')) takeSharedParameters(place, own);
    place.operation.security = securityOf(place, own);
    completeAnswers(document, place, own);
    giveExamples(document, place.operation);
  }
  for (const { post } of Object.values(document.webhooks ?? {})) if (post) giveExamples(document, post);
}

function putInWords({ operation }: Place, manners: RouteManners | undefined): void {
  const all = [operation.summary, operation.description].filter(Boolean).join('\n\n').replace(/\s+/g, ' ').trim();
  const first = SENTENCE.exec(all)?.[1] ?? all;
  // A line of plain text, unlike the description.
  operation.summary = first.replace(/\.$/, '').replaceAll('`', '');
  operation.description = [all, askedInWords(manners), endInWords(manners)].filter(Boolean).join('\n\n');
  if (manners?.deprecation) operation.deprecated = true;
  const door = manners?.door;
  if (door && door !== 'public') operation['x-permission'] = door.permission;
}

function askedInWords(manners: RouteManners | undefined): string {
  const proof = manners?.needsProof ? ' It also asks for a proof of who you are that is at most 15 minutes old.' : '';
  const people = proof && `${proof} So only a person can do it: an API key gets 403 \`proof_required\`.`;
  const door = manners?.door;
  if (!door) return '';
  if (door === 'public') return 'Needs no sign-in.';
  switch (door.permission) {
    case 'signed-in':
      return `Needs a session; API keys are refused.${proof}`;
    case 'known':
      return `Needs a session or an API key.${people}`;
    case 'provisioning':
      return 'Needs the SCIM token of a directory.';
    default:
      return `Needs the permission \`${door.permission}\`.${people}`;
  }
}

function endInWords(manners: RouteManners | undefined): string {
  if (!manners?.deprecation) return '';
  const { since, sunset, instead } = manners.deprecation;
  return `Deprecated since ${since}, may be gone from ${sunset}. ${instead}`;
}

function takeSharedParameters(place: Place, manners: RouteManners | undefined): void {
  const { method, path, operation } = place;
  const json = jsonAnswer(operation) !== undefined;
  const own = (operation.parameters ?? []).some((parameter) => 'name' in parameter && parameter.name === 'fields');
  const names = [
    ...(method === 'post' && !WITHOUT_KEY.test(path) ? ['idempotencyKey'] : []),
    ...(json && !own ? ['fields'] : []),
    ...(json && method === 'get' ? ['ifNoneMatch'] : []),
    ...(manners?.preconditioned ? ['ifMatch'] : []),
    ...(path.startsWith('/api/outreach/') ? [] : ['version']),
  ];
  const references: Reference[] = names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
  operation.parameters = [...(operation.parameters ?? []), ...references];
}

function completeAnswers(document: Description, place: Place, manners: RouteManners | undefined): void {
  const { method, operation, path } = place;
  if (path.startsWith('/api/') && method === 'get' && jsonAnswer(operation)) {
    operation.responses['304'] = { description: 'It is what `If-None-Match` names.' };
  }
  for (const [status, response] of answersIn(operation)) {
    if (status === 'default') continue;
    response.description ||= STATUS_WORDS[status] ?? 'The answer.';
    response.headers = headersOf(Number(status), {
      tagged: method === 'get' && (status === '304' || response.content?.['application/json'] !== undefined),
      keyed: method === 'post' && !WITHOUT_KEY.test(path),
      ending: manners?.deprecation !== undefined,
    });
    if (!path.startsWith('/api/')) delete response.headers;
  }
  const { default: rest, ...answers } = operation.responses;
  const problems = problemResponses(document, codesOf(place, manners));
  operation.responses = { ...problems, ...answers, ...(rest ? { default: rest } : {}) };
}

/** The JSON that an operation answers with when all is well. */
export function jsonAnswer(operation: Operation) {
  const [, response] =
    answersIn(operation).find(([status, { content }]) => status.startsWith('2') && content?.['application/json']) ?? [];
  return response?.content?.['application/json'];
}

function giveExamples(document: Description, operation: Operation): void {
  const contents = [
    operation.requestBody?.content['application/json'],
    ...answersIn(operation).map(([status, { content }]) =>
      status.startsWith('2') ? content?.['application/json'] : undefined,
    ),
  ];
  for (const content of contents) {
    if (content?.schema && content.example === undefined && !content.examples) {
      content.example = sampleOf(document, content.schema);
    }
  }
}
