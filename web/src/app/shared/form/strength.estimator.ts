import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import { leakedForms } from '@threadline/contracts';

/** What somebody who guesses would need. */
export interface Strength {
  /** It stands in a list of leaked passwords. */
  leaked: boolean;
  /** Powers of ten of the guesses it takes. */
  guesses: number;
}

const zxcvbn = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary },
  graphs: common.adjacencyGraphs,
});
const leaked = new Set<string>(common.dictionary['passwords-common']);

/** Estimates on this device; only the beginning of a long one is looked at, which says enough. */
export function estimate(password: string, about: readonly string[]): Strength {
  const { guessesLog10 } = zxcvbn.check(password.slice(0, 100), [...about]);
  return { leaked: leakedForms(password).some((form) => leaked.has(form)), guesses: guessesLog10 };
}
