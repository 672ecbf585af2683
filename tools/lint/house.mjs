/**
 * The house as the linter knows it: which floor stands on which, what a file's suffix allows it to import, and who
 * owns the dangerous tools. All paths are relative to the workspace, all patterns match from their beginning.
 */

/**
 * From the ground up: a floor may import those before it and itself, and other folders only through their index.
 * `folders: true`: its folders are such folders too. `each: true`: they moreover do not know each other.
 * `wide: true`: one folder inside; from outside it is entered through its own index or one of a folder of it.
 */
export const FLOORS = [
  {
    app: 'api',
    floors: [
      { name: 'migrations', path: 'api/migrations' },
      { name: 'platform', path: 'api/src/platform', folders: true },
      { name: 'account mail', path: 'api/src/modules/account-mail' },
      { name: 'auth', path: 'api/src/modules/auth' },
      { name: 'people', path: 'api/src/modules/people' },
      { name: 'accounts', path: 'api/src/modules/accounts' },
      { name: 'mfa', path: 'api/src/modules/mfa' },
      { name: 'sso', path: 'api/src/modules/sso' },
      { name: 'policies', path: 'api/src/modules/policies' },
      { name: 'scim', path: 'api/src/modules/scim' },
      { name: 'api keys', path: 'api/src/modules/api-keys' },
      { name: 'reach', path: 'api/src/modules/reach' },
      { name: 'leads', path: 'api/src/modules/leads' },
      { name: 'drafts', path: 'api/src/modules/drafts' },
      { name: 'suppressions', path: 'api/src/modules/suppressions' },
      { name: 'conversations', path: 'api/src/modules/conversations' },
      { name: 'tracking', path: 'api/src/modules/tracking' },
      { name: 'sending', path: 'api/src/modules/sending' },
      { name: 'mailbox', path: 'api/src/modules/mailbox' },
      { name: 'webhooks', path: 'api/src/modules/webhooks', wide: true },
      { name: 'webhook workbench', path: 'api/src/modules/webhook-bench', wide: true },
      { name: 'audit', path: 'api/src/modules/audit' },
      { name: 'privacy', path: 'api/src/modules/privacy' },
      { name: 'later modules', path: 'api/src/modules', each: true },
      { name: 'reactions', path: 'api/src/reactions', each: true },
      { name: 'the application', path: 'api/src' },
      { name: 'scripts', path: 'api/scripts' },
    ],
  },
  {
    app: 'web',
    floors: [
      { name: 'shared', path: 'web/src/app/shared', wide: true },
      { name: 'core', path: 'web/src/app/core', wide: true },
      { name: 'data', path: 'web/src/app/data', wide: true },
      { name: 'features', path: 'web/src/app/features', each: true },
      { name: 'the application', path: 'web/src' },
    ],
  },
];

/** Specs and the harness see everything but what lies in another project. */
export const TESTS = /(\.spec\.ts$|^api\/test\/|^libs\/testing\/|^e2e\/|\/testing\/|\/test-[^/]+\.ts$)/;

/**
 * What the last word of a file's name promises. `only`: the sole imports it may have beside files of its own folder;
 * `never`: imports it may not have. Types vanish when compiled and are always allowed.
 */
export const SUFFIXES = [
  {
    files: /^api\/.*\.rules\.ts$/,
    only: ['@threadline/contracts', 'ipaddr.js', 'node:crypto', 'node:net', 'node:url', 'api/src/platform/html'],
    never: [/\.(service|queries|entity|controller|module|processor|store|client)$/],
    why: 'rules are pure: contracts, arithmetic and nothing that reads or writes',
  },
  {
    files: /^api\/.*\.entity\.ts$/,
    only: ['@threadline/contracts', 'typeorm'],
    never: [/\.(service|queries|controller|module)$/],
    why: 'entities are columns: typeorm and contracts only',
  },
  {
    files: /^api\/.*\.controller\.ts$/,
    never: ['typeorm', '@nestjs/typeorm', 'pg', 'api/src/platform/database', /\.entity$/],
    why: 'a controller is a door: it calls a service and knows no database',
  },
  {
    files: /^api\/.*\.dto\.ts$/,
    never: ['typeorm', '@nestjs/typeorm', 'pg', 'api/src/platform/database', /\.(entity|service|queries|controller)$/],
    why: 'a DTO is the shape of an answer or a question and knows neither tables nor services',
  },
  {
    files: /^api\/migrations\/\d.*\.ts$/,
    only: ['typeorm'],
    never: [/^api\/src/],
    why: 'a migration must mean the same for ever: it imports typeorm only',
  },
  {
    files: /^web\/.*\.component\.ts$/,
    never: ['web/src/app/data', /\.(store|api)$/],
    why: 'components have inputs and outputs; stores and APIs belong to their page',
  },
];

/**
 * One owner for each dangerous tool.
 * `imports`: module names (a trailing `*` stands for the rest), `names`: only these of them; `reads`: globals.
 */
export const OWNERS = [
  {
    tool: 'Socket.IO',
    imports: ['socket.io', '@socket.io/*', '@nestjs/websockets', '@nestjs/platform-socket.io'],
    homes: [/^api\/src\/reactions\/live\//],
  },
  { tool: 'the Socket.IO client', imports: ['socket.io-client'], homes: [/^libs\/live\//] },
  {
    tool: 'BullMQ',
    imports: ['bullmq', '@nestjs/bullmq'],
    homes: [/^api\/src\/platform\/queues\//, /\.processor\.ts$/],
  },
  {
    tool: 'outgoing HTTP and mail',
    imports: [
      'node:http',
      'node:https',
      'node:http2',
      'node:tls',
      'http',
      'https',
      'undici',
      'nodemailer',
      'nodemailer/*',
    ],
    homes: [/^api\/src\/platform\/outbound\//],
  },
  {
    tool: 'a socket of one’s own',
    imports: ['node:net', 'net'],
    names: ['connect', 'createConnection', 'createServer', 'Socket', 'Server'],
    homes: [/^api\/src\/platform\/outbound\//],
  },
  { tool: 'the mail server', imports: ['smtp-server'], homes: [/^api\/src\/modules\/mailbox\//] },
  {
    tool: 'fetch',
    reads: ['fetch', 'XMLHttpRequest'],
    imports: ['@angular/common/http'],
    homes: [
      /^api\/src\/platform\/outbound\//,
      /^web\/src\/app\/data\//,
      /^web\/src\/app\/core\/api(\.ts$|\/)/,
      /^libs\/api-client\//,
    ],
  },
  { tool: 'process.env', reads: ['process.env'], homes: [/^api\/src\/platform\/config\//] },
  {
    tool: 'the clock',
    reads: ['Date.now()', 'new Date()'],
    homes: [
      /^api\/src\/platform\/clock\//,
      /^web\/src\/app\/shared\/.*ticker\.service\.ts$/,
      // Runs elsewhere, without our clock.
      /^libs\/api-client\/src\/sdk\//,
    ],
  },
];

/** In the web app, time passes in stores; everything else shows what they hold. */
export const SUBSCRIBERS = [/\.store\.ts$/, /^libs\/live\//];
