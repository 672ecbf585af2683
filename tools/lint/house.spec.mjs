import { describe, it } from 'node:test';
import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import plugin from './plugin.mjs';
import { inWorkspace } from './workspace.mjs';

RuleTester.describe = describe;
RuleTester.it = it;

const tester = new RuleTester({ languageOptions: { parser: tseslint.parser } });

/** Cases as `[file, code]`, and what is wrong as `[file, code, ...messageIds]`. */
function check(rule, { right, wrong }) {
  tester.run(rule, plugin.rules[rule], {
    valid: right.map(([file, code]) => ({ name: `${file}: ${code}`, filename: inWorkspace(file), code })),
    invalid: wrong.map(([file, code, ...ids]) => ({
      name: `${file}: ${code}`,
      filename: inWorkspace(file),
      code,
      errors: ids.map((messageId) => ({ messageId })),
    })),
  });
}

check('floors', {
  right: [
    ['api/src/modules/leads/leads.service.ts', "import { UnitOfWork } from '../../platform/work';"],
    ['api/src/modules/leads/leads.service.ts', "import { assign } from './lead.rules';"],
    ['api/src/modules/conversations/messages.service.ts', "import { Drafts } from '../drafts';"],
    ['api/src/modules/conversations/messages.service.ts', "import { Drafts } from '../drafts/index';"],
    ['api/src/reactions/live/live.module.ts', "import { MailboxModule } from '../../modules/mailbox';"],
    ['api/src/app.module.ts', "import { LiveModule } from './reactions/live';"],
    ['api/src/app.ts', "import { MIGRATIONS } from '../migrations';"],
    ['api/src/platform/http/server.ts', "import { Config } from '../config';"],
    ['api/src/platform/work/spine.api.spec.ts', "import { testApp } from '../../../test';"],
    ['web/src/app/core/session/session.service.ts', "import { Kept } from '../kept';"],
    ['web/src/app/features/leads/leads.page.ts', "import { Button } from '../../shared/ui';"],
    ['web/src/app/features/leads/leads.page.ts', "import { Session } from '../../core';"],
    ['web/src/app/app.routes.ts', "const page = () => import('./features/leads/leads.page');"],
    ['web/src/app/features/shell/shell.page.ts', "const sheet = () => import('../../core/shortcuts/sheet.component');"],
    ['api/src/app.module.ts', "import { Module } from '@nestjs/common';"],
  ],
  wrong: [
    ['api/src/platform/http/server.ts', "import { Leads } from '../../modules/leads';", 'upward'],
    ['api/src/modules/leads/leads.service.ts', "import { Messages } from '../conversations';", 'upward'],
    ['api/src/modules/auth/auth.module.ts', "export { Live } from '../../reactions/live';", 'upward'],
    ['api/src/modules/deals/deals.service.ts', "import { Teams } from '../teams';", 'sideways'],
    ['api/src/reactions/analytics/tiles.ts', "import { Rooms } from '../live';", 'sideways'],
    ['api/src/modules/leads/leads.service.ts', "import { AppModule } from '../../app.module';", 'upward'],
    ['api/src/modules/leads/leads.service.ts', "import { run } from '../../platform/work/unit-of-work';", 'door'],
    ['api/src/platform/http/server.ts', "import { Config } from '../config/config';", 'door'],
    ['api/src/modules/leads/leads.api.spec.ts', "import { Draft } from '../drafts/draft.entity';", 'door'],
    ['web/src/app/shared/ui/button.directive.ts', "import { Session } from '../../core';", 'upward'],
    ['web/src/app/core/api.ts', "import { LeadStore } from '../data';", 'upward'],
    ['web/src/app/data/lead.store.ts', "const page = () => import('../features/leads/leads.page');", 'upward'],
    ['web/src/app/features/leads/leads.page.ts', "import { Reader } from '../inbox';", 'sideways'],
    ['web/src/app/features/leads/leads.page.ts', "import { Icon } from '../../shared/ui/icon.component';", 'door'],
  ],
});

check('suffixes', {
  right: [
    ['api/src/modules/leads/lead.rules.ts', "import { LEAD_STATUSES } from '@threadline/contracts';"],
    ['api/src/modules/leads/lead.rules.ts', "import { ALLOWED } from './lead-steps';"],
    ['api/src/modules/leads/lead.rules.ts', "import type { Lead } from './lead.entity';"],
    ['api/src/modules/leads/lead.entity.ts', "import { Column } from 'typeorm';"],
    ['api/src/modules/leads/leads.controller.ts', "import { LeadsService } from './leads.service';"],
    ['api/src/modules/leads/lead.rules.spec.ts', "import { expect } from '@jest/globals';"],
    ['api/migrations/0001-spine.ts', "import { MigrationInterface } from 'typeorm';"],
    ['api/migrations/index.ts', "import { Spine } from './0001-spine';"],
    ['web/src/app/features/leads/leads.page.ts', "import { LeadStore } from '../../data';"],
    ['web/src/app/features/leads/lead-row.component.ts', "import type { LeadStore } from '../../data';"],
  ],
  wrong: [
    ['api/src/modules/leads/lead.rules.ts', "import { Injectable } from '@nestjs/common';", 'foreign'],
    ['api/src/modules/leads/lead.rules.ts', "import { find } from './leads.queries';", 'foreign'],
    ['api/src/modules/leads/lead.entity.ts', "import { Config } from '../../platform/config';", 'foreign'],
    ['api/src/modules/leads/leads.controller.ts', "import { Repository } from 'typeorm';", 'foreign'],
    ['api/src/modules/leads/leads.controller.ts', "import { Lead } from './lead.entity';", 'foreign'],
    ['api/src/modules/leads/leads.dto.ts', "import { Lead } from './lead.entity';", 'foreign'],
    ['api/migrations/0002-leads.ts', "import { LEAD } from '@threadline/contracts';", 'foreign'],
    ['web/src/app/features/leads/lead-row.component.ts', "import { LeadStore } from '../../data';", 'foreign'],
    ['web/src/app/features/leads/lead-row.component.ts', "import { LeadStore } from './lead.store';", 'foreign'],
  ],
});

check('owners', {
  right: [
    ['api/src/platform/clock/clock.ts', 'export const now = () => new Date();'],
    ['api/src/modules/leads/lead.rules.ts', 'export const at = new Date(0);'],
    ['api/src/modules/leads/leads.service.ts', 'function go(fetch) { return fetch(); }'],
    ['api/src/modules/leads/leads.service.ts', 'export class Reader { fetch() { return this.fetch(); } }'],
    ['api/src/modules/tracking/answers.ts', "import type { ServerResponse } from 'node:http';"],
    ['api/src/platform/config/config.ts', "import { BlockList, isIP } from 'node:net';"],
    ['api/src/reactions/live/gateway.ts', "import { Server } from 'socket.io';"],
    ['api/src/modules/sending/send.processor.ts', "import { Processor } from '@nestjs/bullmq';"],
    ['api/test/test-app.ts', "import { createServer } from 'node:net'; export const key = process.env.KEY;"],
    ['web/src/app/core/api.ts', "export const get = () => fetch('/api');"],
  ],
  wrong: [
    ['api/src/modules/leads/leads.service.ts', 'export const now = () => new Date();', 'foreign'],
    ['api/src/modules/leads/leads.service.ts', 'export const now = Date.now;', 'foreign'],
    ['api/src/modules/leads/leads.service.ts', 'export const port = process.env.PORT;', 'foreign'],
    ['api/src/modules/leads/leads.service.ts', "export const port = process['env'].PORT;", 'foreign'],
    ['api/src/modules/leads/leads.service.ts', "export const get = () => fetch('/');", 'foreign'],
    ['api/src/modules/leads/leads.service.ts', "export const get = () => globalThis.fetch('/');", 'foreign'],
    ['api/src/modules/leads/leads.service.ts', "import { request } from 'undici';", 'foreign'],
    ['api/src/modules/leads/leads.service.ts', "import { createTransport } from 'nodemailer';", 'foreign'],
    ['api/src/modules/leads/leads.service.ts', "import { connect } from 'node:net';", 'foreign'],
    ['api/src/modules/leads/leads.service.ts', "export { Queue } from 'bullmq';", 'foreign'],
    ['api/src/platform/http/server.ts', "import { Server } from 'socket.io';", 'foreign'],
    ['api/src/platform/relay/nodes.ts', "import { createAdapter } from '@socket.io/redis-streams-adapter';", 'foreign'],
    ['web/src/app/features/leads/leads.page.ts', "import { HttpClient } from '@angular/common/http';", 'foreign'],
    ['libs/live/src/live.store.ts', 'export const now = Date.now();', 'foreign'],
  ],
});

check('doors', {
  right: [
    ['api/src/modules/leads/leads.controller.ts', "class A { @Get() @Require('leads:read') list() {} }"],
    ['api/src/modules/leads/leads.controller.ts', '@Public() class A { @Get() list() {} }'],
    ['api/src/modules/leads/leads.controller.ts', '@Public() class A { @Get() @Require("x") list() {} }'],
    ['api/src/modules/leads/leads.controller.ts', 'class A { help() {} }'],
  ],
  wrong: [
    ['api/src/modules/leads/leads.controller.ts', "class A { @Get(':id') one() {} }", 'none'],
    ['api/src/modules/leads/leads.controller.ts', 'class A { @Post() @Public() @Require("x") one() {} }', 'many'],
    ['api/src/reactions/live/live.gateway.ts', "class A { @SubscribeMessage('typing') one() {} }", 'none'],
  ],
});

check('dependencies', {
  right: [['api/src/a.ts', 'class A { constructor(a, b, c, d, e, f) {} }']],
  wrong: [['api/src/a.ts', 'class A { constructor(a, b, c, d, e, f, g) {} }', 'many']],
});

check('subscriptions', {
  right: [
    ['web/src/app/data/lead.store.ts', 'this.changes.subscribe();'],
    ['web/src/app/features/leads/leads.page.spec.ts', 'store.subscribe();'],
    ['web/src/app/features/leads/leads.page.ts', 'this.live.subscribe;'],
  ],
  wrong: [['web/src/app/features/leads/leads.page.ts', 'this.store.state.subscribe(show);', 'foreign']],
});
