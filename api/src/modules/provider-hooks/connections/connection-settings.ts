import type { Provider, ProviderSettings } from '@threadline/contracts';
import { readVerificationKey } from '../providers/sendgrid.rules';
import { TOPIC } from '../providers/sns.rules';

/** What a person gives of a provider's account. */
export interface GivenAccount {
  secret?: string;
  verificationKey?: string;
  topicArn?: string;
}

type Field = keyof GivenAccount;

/** The one thing that each provider's signatures are checked with. */
const NEEDED: Record<Provider, Field> = {
  twilio: 'secret',
  sendgrid: 'verificationKey',
  mailgun: 'secret',
  ses: 'topicArn',
  meta: 'secret',
};
const FIELDS: readonly Field[] = ['secret', 'verificationKey', 'topicArn'];

/** What is wrong with the settings that somebody gives for a provider; `fresh`: for a connection that has none yet. */
export function problemsWith(
  provider: Provider,
  given: GivenAccount,
  fresh: boolean,
): { path: string; message: string }[] {
  const needed = NEEDED[provider];
  const surplus = FIELDS.filter((field) => field !== needed && given[field] !== undefined).map((field) => ({
    path: `settings.${field}`,
    message: `${field} is not a setting of this provider`,
  }));
  const value = given[needed];
  if (value === undefined) {
    return fresh ? [...surplus, { path: `settings.${needed}`, message: `${needed} is needed` }] : surplus;
  }
  if (needed === 'verificationKey' && !readVerificationKey(value)) {
    surplus.push({ path: 'settings.verificationKey', message: 'verificationKey must be the key as SendGrid shows it' });
  }
  if (needed === 'topicArn' && !TOPIC.test(value)) {
    surplus.push({ path: 'settings.topicArn', message: 'topicArn must be the ARN of an SNS topic' });
  }
  return surplus;
}

/** The settings that are no secret, after a change. */
export function settingsWith(before: ProviderSettings, { verificationKey, topicArn }: GivenAccount): ProviderSettings {
  return {
    ...before,
    ...(verificationKey === undefined ? {} : { verificationKey }),
    ...(topicArn === undefined ? {} : { topicArn }),
  };
}
