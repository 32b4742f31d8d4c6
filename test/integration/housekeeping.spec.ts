import { randomUUID } from 'node:crypto';
import { removeAbandonedFlows } from '#channels';
import { forgetOldAnswers } from '#kernel';
import { TestEngine } from '../support/engine.js';

describe('housekeeping', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await TestEngine.start();
  });
  afterAll(async () => {
    await engine.close();
  });

  it('forgets answers after a week, and not before', async () => {
    const { organizationId } = await engine.tenant();
    await engine.owner.query(
      `insert into idempotency_keys (organization_id, key, route, request_hash, answer, created_at)
       values ($1, 'old', 'POST /', '', '{}', now() - interval '8 days'), ($1, 'new', 'POST /', '', '{}', now())`,
      [organizationId],
    );
    expect(await forgetOldAnswers(engine.kernel.database)).toBe(1);
    const { rows } = await engine.owner.query('select key from idempotency_keys');
    expect(rows).toEqual([{ key: 'new' }]);
  });

  it('removes sign-ins that nobody finished, and no connection that works', async () => {
    const tenant = await engine.tenant();
    await engine.connect(tenant, 'bluesky');
    const [abandoned, waiting] = [randomUUID(), randomUUID()];
    await engine.owner.query(
      `insert into connections (id, organization_id, platform, practice, status, created_at)
       values ($1, $3, 'facebook', true, 'authorizing', now() - interval '2 days'),
              ($2, $3, 'facebook', true, 'authorizing', now())`,
      [abandoned, waiting, tenant.organizationId],
    );
    await engine.owner.query(
      `insert into oauth_flows (state_hash, organization_id, workspace_id, connection_id, accept_shared, expires_at)
       values ('old', $1, $2, $3, false, now() - interval '2 days'), ('new', $1, $2, $4, false, now())`,
      [tenant.organizationId, tenant.workspaceId, abandoned, waiting],
    );
    await engine.owner.query(
      `update connections set created_at = now() - interval '9 days' where status = 'connected'`,
    );
    expect(await removeAbandonedFlows(engine.kernel.database)).toBe(1);
    const { rows } = await engine.owner.query('select id, status from connections order by status');
    expect(rows).toEqual([
      { id: waiting, status: 'authorizing' },
      { id: expect.any(String), status: 'connected' },
    ]);
  });
});
