import { exampleCall } from '../../../data/api-keys';

/** The SDKs' packages, as this server offers them below `/sdk/`. */
const PACKAGES = { npm: 'threadline-sdk.tgz', python: 'threadline-0.1.0-py3-none-any.whl' };

/** A command or a program to copy. */
export interface Snippet {
  label: string;
  text: string;
}

/** How to begin in a language: its package, and a first program. */
export interface LanguageStart {
  language: string;
  install: Snippet;
  program: Snippet;
}

/** The first call, with nothing but a terminal. @param origin address of this Threadline */
export function firstCall(origin: string): Snippet {
  const call = exampleCall(origin, '$THREADLINE_API_KEY', ['leads:read']) ?? '';
  return { label: 'First call', text: `export THREADLINE_API_KEY=tl_…\n${call}` };
}

/** The same with the SDKs, in each of their languages. @param origin address of this Threadline */
export function languageStarts(origin: string): LanguageStart[] {
  return [
    {
      language: 'TypeScript and JavaScript',
      install: { label: 'Install the TypeScript SDK', text: `npm install ${origin}/sdk/${PACKAGES.npm}` },
      program: { label: 'First program in TypeScript', text: typescript(origin) },
    },
    {
      language: 'Python',
      install: { label: 'Install the Python SDK', text: `pip install ${origin}/sdk/${PACKAGES.python}` },
      program: { label: 'First program in Python', text: python(origin) },
    },
  ];
}

function typescript(origin: string): string {
  return `import { Threadline } from 'threadline-sdk';

const threadline = new Threadline({
  baseUrl: '${origin}',
  apiKey: process.env.THREADLINE_API_KEY ?? '',
});

for await (const { name, status } of threadline.leads.each()) {
  console.log(name, status);
}`;
}

function python(origin: string): string {
  return `import os

from threadline import Threadline

client = Threadline(
    "${origin}",
    os.environ["THREADLINE_API_KEY"],
)

for lead in client.leads.iterate_list():
    print(lead["name"], lead["status"])`;
}
