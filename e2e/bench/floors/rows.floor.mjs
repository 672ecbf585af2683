// What the least could be: node:http, one statement, JSON.stringify. No isolation, no sign-in.
import { createServer } from 'node:http';
import pg from 'pg';
import { answering } from '../ground/answering.mjs';

const LEADS = `SELECT id, name, email, phone, company, title, status, tags, custom_fields, owner_id, created_at, updated_at, last_activity_at
  FROM leads WHERE workspace_id = $1 AND deleted_at IS NULL AND (created_at, id) < ($2, $3)
  ORDER BY created_at DESC, id DESC LIMIT 50`;
const DAYS = `SELECT day::text, sum(sent)::int AS sent, sum(delivered)::int AS delivered, sum(bounced)::int AS bounced,
    sum(opened)::int AS opened, sum(clicked)::int AS clicked, sum(replied)::int AS replied, sum(received)::int AS received
  FROM analytics_days WHERE workspace_id = $1 AND day >= $2 GROUP BY day ORDER BY day`;

let pool;

answering({
  /** On the product's tables, as their owner. */
  async serve({ port, productUrl, workspaceId, since }) {
    pool = new pg.Pool({ connectionString: productUrl, max: 10, options: '-c search_path=threadline' });
    const answers = {
      '/leads': (query) =>
        leads(workspaceId, query.get('at') ?? 'infinity', query.get('id') ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff'),
      '/days': () => pool.query({ name: 'days', text: DAYS, values: [workspaceId, since] }),
    };
    const server = createServer(async (request, response) => {
      const { pathname, searchParams } = new URL(request.url, 'http://floor');
      const { rows } = await answers[pathname](searchParams);
      const text = JSON.stringify({ items: rows });
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
      response.end(text);
    });
    await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  },
});

function leads(workspaceId, at, id) {
  return pool.query({ name: 'leads', text: LEADS, values: [workspaceId, at, id] });
}
