import { authentication, includeKey } from './authentication';
import { createLead, findLead, updateLead } from './leads';
import { sendMessage } from './messages';
import { triggers } from './triggers';

/** The Zapier integration, in the form that Zapier's platform takes. `core` is the version of its platform. */
export function app(core: string) {
  return {
    version: '1.0.0',
    platformVersion: core,
    authentication,
    beforeRequest: [includeKey],
    triggers,
    searches: { [findLead.key]: findLead },
    creates: {
      [createLead.key]: createLead,
      [updateLead.key]: updateLead,
      [sendMessage.key]: sendMessage,
    },
  };
}
