import type { INestApplication } from '@nestjs/common';
import type { Description } from './description.types';
import { describeOperations } from './describe-operations';
import { mannersOf } from './doors';
import { HEADERS, PARAMETERS } from './headers';
import { nameFields } from './name-fields';
import { problemExamples } from './problems';
import { SECURITY_SCHEMES } from './security';
import { TAGS } from './tags.table';
import { describeWebhooks } from './webhooks';

export { describeStream } from './asyncapi';
export type { Description } from './description.types';
export { answersOf } from './shapes';

/** Makes of what Nest knows of its routes a description that leaves nothing to guess. Changes the document itself. */
export function complete(document: Description, app: INestApplication): Description {
  const { components } = document;
  components.parameters = { ...PARAMETERS };
  components.headers = { ...HEADERS };
  components.examples = problemExamples();
  components.securitySchemes = { ...SECURITY_SCHEMES };
  document.security = [{ apiKey: [] }, { session: [] }];
  document.servers = [{ url: '/', description: 'This installation.' }];
  describeWebhooks(document);
  nameFields(document);
  describeOperations(document, mannersOf(app));
  document.tags = tagsOf(document);
  leaveOutUnused(document);
  return document;
}

/** Of what is offered to all operations, what none of them refers to. */
function leaveOutUnused({ paths, components }: Description): void {
  const text = JSON.stringify([paths, components.responses]);
  for (const kind of ['parameters', 'headers', 'examples'] as const) {
    const offered: Record<string, unknown> = components[kind] ?? {};
    for (const name of Object.keys(offered)) {
      if (!text.includes(`"#/components/${kind}/${name}"`)) delete offered[name];
    }
  }
}

/** The groups that there are, in the table's order; one that is missing there has no description, which the check refuses. */
function tagsOf(document: Description): { name: string; description: string }[] {
  const used = new Set(
    [...Object.values(document.paths), ...Object.values(document.webhooks ?? {})].flatMap((item) =>
      Object.values(item).flatMap(({ tags }) => tags ?? []),
    ),
  );
  const order = Object.keys(TAGS);
  return [...used]
    .sort((one, other) => place(order, one) - place(order, other))
    .map((name) => ({ name, description: TAGS[name] ?? '' }));
}

function place(order: string[], name: string): number {
  const at = order.indexOf(name);
  return at === -1 ? order.length : at;
}
