import { type Pool } from 'pg';
import { request, signUp } from './customer.js';
import { Installation } from './publish/installation.js';
import { connectChannels, schedule } from './publish/seed.js';
import { type Measurement, median } from './report.js';

const POSTS = 200;
const CONCURRENCY = 8;
const READS = 400;
const ROUNDS = 9;
const WARM_UP = 2;

/**
 * Reads a second of a member who sees one workspace: a post, and a page of posts, in turn; over the same reads of the same
 * process and database while row-level security is switched off. Both take turns.
 */
export async function authorisedRead(): Promise<Measurement[]> {
  const installation = await Installation.start(false);
  try {
    return await installation.withApi(async (url) => {
      const customer = await signUp(url);
      const [channel] = await connectChannels(customer, installation.sandboxUrl, 1);
      if (!channel) throw new Error('There is no channel.');
      const { postIds } = await schedule(customer, [channel], POSTS, 'Bench');
      await becomeViewer(installation.pool, new URL(customer.workspace).pathname.split('/').at(-1) ?? '');
      const read = async (index: number): Promise<void> => {
        const path =
          index % 2 === 0
            ? `${url}/v1/posts/${postIds[index % postIds.length]}`
            : `${customer.workspace}/posts?limit=20`;
        await request('GET', path, customer.headers);
      };
      const [secured, open]: [number[], number[]] = [[], []];
      for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
        await switchSecurity(installation.pool, 'disable');
        open.push(await rate(read));
        await switchSecurity(installation.pool, 'enable');
        secured.push(await rate(read));
      }
      return [
        {
          what: `authorised reads, ${CONCURRENCY} at a time, over those without row-level security`,
          figure: median(secured.slice(WARM_UP)),
          floor: median(open.slice(WARM_UP)),
          unit: '/s',
          aim: { ratio: 0.9, better: 'higher' },
        },
      ];
    });
  } finally {
    await installation.stop();
  }
}

/** Whoever signed up becomes a member of one workspace among others, so that both kinds of policy have work to do. */
async function becomeViewer(pool: Pool, workspaceId: string): Promise<void> {
  await pool.query(`update members set role = 'member'`);
  await pool.query(
    `insert into workspace_members (organization_id, workspace_id, user_id, role)
     select m.organization_id, $1, m.user_id, 'viewer' from members m`,
    [workspaceId],
  );
  await pool.query('analyze');
}

/** For every table that has policies. */
async function switchSecurity(pool: Pool, how: 'enable' | 'disable'): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select distinct quote_ident(tablename) as name from pg_policies where schemaname = 'public'`,
  );
  if (rows.length === 0) throw new Error('No table has a policy.');
  await pool.query(rows.map(({ name }) => `alter table ${name} ${how} row level security`).join(';'));
}

/** Reads a second. */
async function rate(read: (index: number) => Promise<void>): Promise<number> {
  let next = 0;
  const began = performance.now();
  const lane = async (): Promise<void> => {
    while (next < READS) {
      next += 1;
      await read(next);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  return (READS * 1000) / (performance.now() - began);
}
