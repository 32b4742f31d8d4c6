import pg from 'pg';
import request from 'supertest';
import { AuditService, recordAudit } from '#accounts';
import { startTestApi, type TestAccount, type TestApi } from '../support/api.js';

/** An entry as the API tells it. */
interface Entry {
  id: string;
  at: string;
  actor: { name: string; via: string };
  operation: string;
  words: string;
  subject: { type: string; id: string; name: string } | null;
  details: Record<string, unknown>;
}

describe('reading the audit log', () => {
  let api: TestApi;
  let owner: pg.Client;
  let account: TestAccount;

  beforeAll(async () => {
    api = await startTestApi();
    owner = new pg.Client({ connectionString: api.ownerUrl });
    await owner.connect();
    account = await api.signUp({ name: 'Ada Lovelace', organization: 'North Roast' });
  });
  afterAll(async () => {
    await owner.end();
    await api.close();
  });

  const as = ({ apiKey }: TestAccount) => request.agent(api.url).set('authorization', `Bearer ${apiKey}`);
  const list = async (query: Record<string, string> = {}, who = account): Promise<Entry[]> =>
    (await as(who).get('/v1/audit-log').query(query).expect(200)).body.data;
  const newWorkspace = async (name: string, who = account): Promise<string> =>
    (await who.agent.post('/v1/workspaces').send({ name }).expect(201)).body.id;
  const become = (who: TestAccount, role: string) =>
    owner.query('update members set role = $2 where user_id = $1', [who.userId, role]);

  describe('finds', () => {
    let roast: string;
    let other: string;
    beforeAll(async () => {
      roast = await newWorkspace('Winter Roast 100%');
      other = await newWorkspace('Summer');
      await as(account).patch(`/v1/workspaces/${roast}`).send({ lateLimitMinutes: 30 }).expect(200);
      await account.agent.post(`/v1/workspaces/${other}/pause`).expect(200);
    });

    it('what was done to one thing, and where', async () => {
      const found = await list({ subjectId: roast });
      expect(found.map(({ operation }) => operation)).toEqual(['updateWorkspace', 'createWorkspace']);
      expect(found[0]).toMatchObject({
        subject: { type: 'workspace', id: roast, name: 'Winter Roast 100%' },
        actor: { name: 'test', via: 'api-key' },
        details: { changes: { lateLimitMinutes: { from: 1440, to: 30 } } },
      });
      expect((await list({ workspaceId: other })).map(({ operation }) => operation)).toEqual([
        'pauseWorkspace',
        'createWorkspace',
      ]);
    });

    it('what somebody did, and one kind of thing', async () => {
      expect((await list({ userId: account.userId })).length).toBeGreaterThan(3);
      expect(await list({ userId: '01900000-0000-7000-8000-000000000000' })).toEqual([]);
      const found = await list({ operation: 'pauseWorkspace', userId: account.userId });
      expect(found.map(({ subject }) => subject?.name)).toEqual(['Summer']);
    });

    it.each([
      ['winter', 'updateWorkspace'],
      ['100%', 'updateWorkspace'],
      ['paused the', 'pauseWorkspace'],
      ['lovelace', 'pauseWorkspace'],
    ])('text: "%s"', async (text, operation) => {
      const found = await list({ text });
      expect(found.map((entry) => entry.operation)).toContain(operation);
      expect(found.length).toBeLessThan((await list()).length + 1);
    });

    it('no more than the text says', async () => {
      expect(await list({ text: '%%' })).toEqual([]);
      expect(await list({ text: '_inter' })).toEqual([]);
    });

    it('a span of time, and refuses one that ends before it begins', async () => {
      const [newest] = await list();
      const at = newest?.at ?? '';
      const after = new Date(Date.parse(at) + 1000).toISOString();
      expect((await list({ from: new Date(Date.parse(at)).toISOString(), to: after }))[0]?.id).toBe(newest?.id);
      expect(await list({ from: after })).toEqual([]);
      const refused = await as(account).get('/v1/audit-log').query({ from: after, to: at }).expect(422);
      expect(refused.body.errors[0]).toMatchObject({ field: 'to', rule: 'range' });
    });

    it('page by page what it finds at once', async () => {
      const all = await list();
      const paged: Entry[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: '2', ...(cursor && { cursor }) };
        const { body } = await as(account).get('/v1/audit-log').query(query).expect(200);
        paged.push(...body.data);
        cursor = body.next;
      } while (cursor);
      expect(all.length).toBeGreaterThan(4);
      expect(paged).toEqual(all);
    });

    it('each by its index', async () => {
      await owner.query('set enable_seqscan = off');
      for (const [condition, index] of [
        ['', 'audit_log_organization'],
        [`and user_id = '${account.userId}'`, 'audit_log_user'],
        [`and subject_id = '${roast}'`, 'audit_log_subject'],
        [`and workspace_id = '${roast}'`, 'audit_log_workspace'],
      ]) {
        const { rows } = await owner.query(
          `explain select * from audit_log where organization_id = '${account.organizationId}' ${condition}
             and (at, id) < (now(), '01900000-0000-7000-8000-000000000000') order by at desc, id desc limit 51`,
        );
        const plan = JSON.stringify(rows);
        expect(plan).toContain(index);
        expect(plan).not.toMatch(/Sort/);
      }
      await owner.query('reset enable_seqscan');
    });

    it('its words for every operation, to choose from', async () => {
      const { body } = await as(account).get('/v1/audit-log/operations').expect(200);
      expect(body.data).toContainEqual({ operation: 'pauseWorkspace', words: 'paused the workspace' });
    });
  });

  describe('is for', () => {
    it.each([
      ['owner', 200],
      ['admin', 200],
      ['support', 200],
      ['member', 403],
    ])('%s: %i', async (role, status) => {
      const who = await api.signUp();
      await become(who, role);
      await as(who).get('/v1/audit-log').expect(status);
      await as(who).get('/v1/audit-log.csv').expect(status);
    });

    it('its own organization alone', async () => {
      const stranger = await api.signUp();
      await newWorkspace('Strange', stranger);
      const theirs = await list({}, stranger);
      expect(theirs.length).toBeGreaterThan(0);
      const mine = new Set((await list()).map(({ id }) => id));
      expect(theirs.filter(({ id }) => mine.has(id))).toEqual([]);
      expect(await list({ userId: account.userId }, stranger)).toEqual([]);
      const csv = await as(stranger).get('/v1/audit-log.csv').expect(200);
      expect(csv.text).not.toContain('Winter Roast');
    });

    it('nobody with a key for some workspaces', async () => {
      const { body } = await account.agent
        .post('/v1/api-keys')
        .send({ name: 'one', workspaces: [account.workspaceId] })
        .expect(201);
      await as({ ...account, apiKey: body.key })
        .get('/v1/audit-log')
        .expect(403);
    });
  });

  describe('as a table', () => {
    it('has the same entries, and nothing that a spreadsheet calculates', async () => {
      const who = await api.signUp({ organization: 'Formula' });
      for (const name of ['=HYPERLINK("http://evil.example")', '+1', '-1', '@SUM(A1)', '\t=1', 'Plain, "quoted"']) {
        await newWorkspace(name, who);
      }
      const answer = await as(who).get('/v1/audit-log.csv').query({ operation: 'createWorkspace' }).expect(200);
      expect(answer.headers['content-type']).toMatch(/^text\/csv/);
      expect(answer.headers['content-disposition']).toMatch(/attachment; filename="audit-log-\d{4}-\d\d-\d\d\.csv"/);
      const lines = answer.text.split('\r\n');
      expect(lines[0]).toBe('Time (UTC),Who,By,What,On,Name,Id,Details,IP address,Program,Entry');
      expect(lines).toHaveLength(1 + 6 + 1);
      expect(answer.text).toContain(`,"'=HYPERLINK(""http://evil.example"")",`);
      expect(answer.text).toContain(`,'+1,`);
      expect(answer.text).toContain(`,'@SUM(A1),`);
      expect(answer.text).toContain(`,"Plain, ""quoted""",`);
      expect(answer.text).not.toMatch(/(^|,|\n)"?\s*[=+@-]/m);
    });

    it('ends after 50,000 entries, and says so', async () => {
      const who = await api.signUp({ organization: 'Large' });
      await owner.query(
        `insert into audit_log (id, organization_id, name, via, operation)
         select gen_random_uuid(), $1, 'Somebody', 'sign-in', 'logIn' from generate_series(1, 50010)`,
        [who.organizationId],
      );
      // As the database does by itself after a while: it knows how many there are.
      await owner.query('analyze audit_log');
      const { text } = await as(who).get('/v1/audit-log.csv').query({ operation: 'logIn' }).expect(200);
      const lines = text.trimEnd().split('\r\n');
      expect(lines).toHaveLength(1 + 50_000 + 1);
      expect(lines.at(-1)).toContain('Only the newest 50000 entries are in this file');
      // No page is there twice.
      expect(new Set(lines.map((line) => line.split(',').at(-1))).size).toBe(lines.length);
    });
  });

  it('tells what an operator read, and why', async () => {
    await api.kernel.database.organization(account.organizationId, (tx) =>
      recordAudit(tx, {
        ...{ organizationId: account.organizationId, userId: null, name: 'Grace', via: 'operator' },
        ...{ operation: 'operatorReadMembers', details: { reason: 'Ticket 12' } },
        subject: { type: 'organization', id: account.organizationId, name: 'North Roast' },
      }),
    );
    const [entry] = await list({ operation: 'operatorReadMembers' });
    expect(entry).toMatchObject({
      actor: { name: 'Grace', via: 'operator', userId: null },
      words: 'read the members of',
      details: { reason: 'Ticket 12' },
    });
  });

  it('keeps every entry as it was written, whoever asks the database', async () => {
    await expect(owner.query(`update audit_log set name = 'Nobody'`)).rejects.toThrow(/not allowed/);
    await expect(owner.query('delete from audit_log')).rejects.toThrow(/not allowed/);
    await expect(owner.query('truncate audit_log')).rejects.toThrow(/not allowed/);
    const { database } = api.kernel;
    for (const sql of [`update audit_log set name = 'Nobody'`, 'delete from audit_log']) {
      const attempt = database.tenant(account.organizationId, (tx) => tx.query(sql));
      await expect(attempt).rejects.toThrow(/permission denied/);
    }
    expect((await new AuditService(database).list(account.organizationId, {}, { limit: 5 })).length).toBe(5);
  });

  it('leaves no entry of what did not happen', async () => {
    const before = (await list({ operation: 'updateWorkspace' })).length;
    await account.agent.patch(`/v1/workspaces/${account.workspaceId}`).send({ timeZone: 'Nowhere' }).expect(422);
    const stranger = await api.signUp();
    await stranger.agent.patch(`/v1/workspaces/${account.workspaceId}`).send({ name: 'x' }).expect(404);
    expect(await list({ operation: 'updateWorkspace' })).toHaveLength(before);
    expect(await list({ operation: 'updateWorkspace' }, stranger)).toEqual([]);
  });
});
