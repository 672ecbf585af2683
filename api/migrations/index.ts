import { Spine1764000000001 } from './0001-spine';
import { Identity1764000000010 } from './0010-identity';
import { Leads1764000000020 } from './0020-leads';
import { LeadTimeline1764000000021 } from './0021-lead-timeline';
import { Drafts1764000000022 } from './0022-drafts';
import { Conversations1764000000030 } from './0030-conversations';
import { Tracking1764000000040 } from './0040-tracking';
import { InboundMail1764000000050 } from './0050-inbound-mail';
import { Mailbox1764000000051 } from './0051-mailbox';
import { Analytics1764000000070 } from './0070-analytics';
import { Access1764000000080 } from './0080-access';
import { Accounts1764000000082 } from './0082-accounts';
import { SecondFactors1764000000083 } from './0083-second-factors';
import { SingleSignOn1764000000084 } from './0084-single-sign-on';
import { ApiKeys1764000000085 } from './0085-api-keys';
import { Scim1764000000086 } from './0086-scim';
import { Reach1764000000088 } from './0088-reach';
import { Audit1764000000090 } from './0090-audit';
import { AuditIndex1764000000091 } from './0091-audit-index';
import { AuditViews1764000000092 } from './0092-audit-views';
import { AuditExports1764000000093 } from './0093-audit-exports';
import { Retention1764000000094 } from './0094-retention';
import { Webhooks1764000000095 } from './0095-webhooks';
import { WebhookBench1764000000096 } from './0096-webhook-bench';
import { ProviderHooks1764000000097 } from './0097-provider-hooks';
import { Erasing1764000000099 } from './0099-erasing';
import { ProvedAddresses1764000000100 } from './0100-proved-addresses';
import { AuditPages1764000000103 } from './0103-audit-pages';
import { OutgoingPauses1764000000105 } from './0105-outgoing-pauses';
import { Suppressions1764000000106 } from './0106-suppressions';
import { LinksThatProve1764000000107 } from './0107-links-that-prove';
import { MailsOfPeople1764000000108 } from './0108-mails-of-people';
import { IssuersOfSessions1764000000109 } from './0109-issuers-of-sessions';
import { DecidersOfProviders1764000000110 } from './0110-deciders-of-providers';
import { WhatProvidersVouchFor1764000000111 } from './0111-what-providers-vouch-for';
import { AccountsOfSeveralWorkspaces1764000000112 } from './0112-accounts-of-several-workspaces';
import { PeopleAsTheyLeft1764000000113 } from './0113-people-as-they-left';
import { WhatDirectoriesSaid1764000000114 } from './0114-what-directories-said';

/** All migrations, in the order they run. The class name ends in 1764000000000 + the file's number. */
export const MIGRATIONS = [
  Spine1764000000001,
  Identity1764000000010,
  Leads1764000000020,
  LeadTimeline1764000000021,
  Drafts1764000000022,
  Conversations1764000000030,
  Tracking1764000000040,
  InboundMail1764000000050,
  Mailbox1764000000051,
  Analytics1764000000070,
  Access1764000000080,
  Accounts1764000000082,
  SecondFactors1764000000083,
  SingleSignOn1764000000084,
  ApiKeys1764000000085,
  Scim1764000000086,
  Reach1764000000088,
  Audit1764000000090,
  AuditIndex1764000000091,
  AuditViews1764000000092,
  AuditExports1764000000093,
  Retention1764000000094,
  Webhooks1764000000095,
  WebhookBench1764000000096,
  ProviderHooks1764000000097,
  Erasing1764000000099,
  ProvedAddresses1764000000100,
  AuditPages1764000000103,
  OutgoingPauses1764000000105,
  Suppressions1764000000106,
  LinksThatProve1764000000107,
  MailsOfPeople1764000000108,
  IssuersOfSessions1764000000109,
  DecidersOfProviders1764000000110,
  WhatProvidersVouchFor1764000000111,
  AccountsOfSeveralWorkspaces1764000000112,
  PeopleAsTheyLeft1764000000113,
  WhatDirectoriesSaid1764000000114,
];
