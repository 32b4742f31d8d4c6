import { PlatformRegistry } from '#platforms';
import { ChannelLiveService, type PublicationRecord, PublishedPostsService, SpendingService } from '#publishing';
import { type Sandbox, startSandbox } from '#sandbox';
import request from 'supertest';
import { startTestApi, type TestAccount, type TestApi } from '../support/api.js';
import { type EngineParts } from '../support/engine-parts.js';
import { TestEngine, type TestTenant } from '../support/engine.js';
import { EchoNetwork } from './echo.platform.js';

const hall = { value: '1', label: 'Hall 1' };
const DAY_MS = 86_400_000;
const range = { from: new Date(Date.now() - DAY_MS).toISOString(), to: new Date(Date.now() + DAY_MS).toISOString() };

describe('what using a platform costs', () => {
  const network = new EchoNetwork();
  let engine: TestEngine;
  let tenant: TestTenant;
  let worker: EngineParts;
  let channel: string;
  let count = 0;

  beforeAll(async () => {
    engine = await TestEngine.start({}, new PlatformRegistry([network.platform]));
    await engine.withoutBreakers();
    worker = await engine.parts();
  });
  beforeEach(async () => {
    engine.sandbox.faults.clear();
    tenant = await engine.tenant();
    channel = await engine.connect(tenant, 'echo');
    count += 1;
  });
  afterAll(() => engine.close());

  const publication = async (more: { link?: string; firstComment?: { text: string } } = {}) => {
    const content = { text: `cost${count}`, ...more };
    const input = { content, media: [], channels: [{ id: channel, settings: { hall } }], schedule: 'now' as const };
    const { publications } = await engine.posts.create(
      tenant.author,
      tenant.workspaceId,
      input,
      undefined,
      (one) => one,
    );
    return publications[0] as PublicationRecord;
  };
  const spent = async (): Promise<string[]> => {
    const { rows } = await engine.owner.query<{ price: string; usd: string; told: boolean }>(
      `select price, usd::float8 as usd, publication_id is not null as told from spending where workspace_id = $1 order by at, id`,
      [tenant.workspaceId],
    );
    return rows.map(({ price, usd, told }) => `${price} ${usd}${told ? ' told' : ''}`);
  };
  const sums = () =>
    engine
      .service(SpendingService)
      .ofWorkspace(tenant.organizationId, tenant.workspaceId, new Date(range.from), new Date(range.to));
  const change = { claim: undefined, view: (_tx: unknown, record: PublicationRecord) => Promise.resolve(record) };

  it('is written down with the log entry that tells of it, at every door', async () => {
    const { id } = await publication({ link: 'https://example.com/', firstComment: { text: `more${count}` } });
    expect((await worker.carryOut(id)).state).toBe('published');
    const costs = (await engine.log(id)).flatMap(({ kind, evidence }) =>
      evidence?.['costs'] ? [[kind, evidence['costs']]] : [],
    );
    expect(costs).toEqual([
      [
        'committed',
        [
          { price: 'call-with-link', label: 'a call that holds a link', count: 1, usd: 0.2 },
          { price: 'reading', label: 'a reading', count: 1, usd: 0.005 },
        ],
      ],
      [
        'committed',
        [
          { price: 'call', label: 'a call', count: 1, usd: 0.015 },
          { price: 'reading', label: 'a reading', count: 1, usd: 0.005 },
        ],
      ],
    ]);
    await engine.service(ChannelLiveService).usage(tenant.organizationId, channel);
    expect((await spent()).toSorted()).toEqual([
      'call 0.015 told',
      'call-with-link 0.2 told',
      'reading 0.005',
      'reading 0.005',
      'reading 0.005 told',
      'reading 0.005 told',
    ]);
    const record = await engine.find(id);
    const cost = await engine.as(tenant, (tx) => engine.service(SpendingService).ofPublications(tx, [record]));
    expect(cost.get(id)).toBe(0.225);
    expect(await sums()).toMatchObject({ usd: 0, channels: [], practice: { usd: 0.235 } });
  });

  it('is counted once where the outcome was unknown, and found', async () => {
    const { id } = await publication();
    engine.sandbox.faults.add({ kind: 'accept-then-reset', operation: 'commit' });
    for (let attempt = 0; attempt < 4; attempt += 1) {
      if ((await worker.carryOut(id)).state === 'committing') await engine.settle(id);
    }
    expect((await engine.find(id)).state).toBe('published');
    expect((await spent()).filter((one) => one.startsWith('call'))).toEqual(['call 0.015 told']);
  });

  it('is summed by channel and price, and practice is never among it', async () => {
    await engine.owner.query(
      `insert into spending (id, organization_id, workspace_id, channel_id, platform, practice, price, label, count, usd, at)
       select gen_random_uuid(), $1, $2, $3, 'echo', false, price, 'of ' || price, 2, usd, at from (values
         ('call', 0.03, now()), ('call', 0.03, now()), ('reading', 0.01, now()), ('call', 9, now() - interval '3 days')
       ) as v(price, usd, at)`,
      [tenant.organizationId, tenant.workspaceId, channel],
    );
    const prices = [
      { platform: 'echo', price: 'call', label: 'of call', count: 4, usd: 0.06 },
      { platform: 'echo', price: 'reading', label: 'of reading', count: 2, usd: 0.01 },
    ];
    expect(await sums()).toEqual({
      usd: 0.07,
      prices,
      channels: [{ channelId: channel, name: 'The valley', platform: 'echo', usd: 0.07, prices }],
      practice: {
        usd: 0.005,
        prices: [{ platform: 'echo', price: 'reading', label: 'a reading', count: 1, usd: 0.005 }],
        channels: [expect.objectContaining({ channelId: null, name: null, usd: 0.005 })],
      },
    });
    const stranger = await engine.tenant();
    const theirs = await engine
      .service(SpendingService)
      .ofWorkspace(stranger.organizationId, tenant.workspaceId, new Date(range.from), new Date(range.to));
    expect([theirs.usd, theirs.practice.usd]).toEqual([0, 0]);
  });

  it('an edit that gives the post another id moves what the publication owns', async () => {
    const { id } = await publication();
    await worker.carryOut(id);
    const before = (await engine.segments(id))[0]?.platform_object_id;
    const published = engine.service(PublishedPostsService);
    const { organizationId, author } = tenant;
    const asked = { ...change, organizationId, actor: author.actor, publicationId: id };
    const edited = await published.edit(asked, `better${count}`);
    const [segment] = await engine.segments(id);
    expect(segment?.platform_object_id).not.toBe(before);
    expect(engine.shown(`better${count}`)).toHaveLength(1);
    expect(edited.permalink).toBe(`https://echo.example/${segment?.platform_object_id}`);
    expect((await engine.log(id)).at(-1)).toMatchObject({
      kind: 'edited',
      evidence: {
        platformObjectId: segment?.platform_object_id,
        formerObjectId: before,
        costs: [{ price: 'call', count: 1, usd: 0.015 }],
      },
    });
    // It is removed by the id that it has now.
    await published.remove(asked);
    expect(engine.shown(`better${count}`)).toEqual([]);
  });

  it('an edit never takes the id of another publication, whatever the network says', async () => {
    const first = await publication();
    await worker.carryOut(first.id);
    count += 1;
    const { id } = await publication();
    await worker.carryOut(id);
    const [[taken], [before]] = [await engine.segments(first.id), await engine.segments(id)];
    const { organizationId, author } = tenant;
    const asked = { ...change, organizationId, actor: author.actor, publicationId: id };
    const text = `[as ${taken?.platform_object_id}]`;
    expect(await engine.service(PublishedPostsService).edit(asked, text)).toMatchObject({
      edited_text: text,
      lease: null,
    });
    expect((await engine.segments(id))[0]?.platform_object_id).toBe(before?.platform_object_id);
    expect((await engine.log(id)).at(-1)?.evidence).toMatchObject({ named: taken?.platform_object_id });
  });

  it('what one channel cannot do is refused there, whatever its platform can', async () => {
    const cave = await engine.owner.query<{ id: string }>(
      `select id from channels where workspace_id = $1 and external_id = 'cave'`,
      [tenant.workspaceId],
    );
    channel = cave.rows[0]?.id ?? '';
    await expect(publication({ firstComment: { text: 'no' } })).rejects.toMatchObject({
      errors: [
        {
          rule: 'echo.first-comment-unsupported',
          message: 'ClickPost publishes no first comments on Echo through this channel.',
        },
      ],
    });
    const { id } = await publication();
    await worker.carryOut(id);
    const { organizationId, author } = tenant;
    const asked = { ...change, organizationId, actor: author.actor, publicationId: id };
    await expect(engine.service(PublishedPostsService).edit(asked, 'x')).rejects.toMatchObject({
      errors: [{ rule: 'echo.edit-unsupported', message: 'On Echo, ClickPost cannot have a post edited.' }],
    });
  });
});

describe('costs and lookups in the API', () => {
  const platforms = new PlatformRegistry([new EchoNetwork().platform]);
  let api: TestApi;
  let sandbox: Sandbox;
  let account: TestAccount;
  let channel: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ platforms, host: '127.0.0.1', port: 0, controlToken: 'test', reach: new Set() });
    api = await startTestApi({ platforms, env: { SANDBOX: 'on', SANDBOX_URL: sandbox.origin } });
    account = await api.signUp();
    const { body } = await as()
      .post(`/v1/workspaces/${account.workspaceId}/connections`)
      .send({ platform: 'echo', practice: true })
      .expect(201);
    channel = body.channels[0].id;
  });
  afterAll(async () => {
    await api.close();
    await sandbox.close();
  });

  const as = () => request.agent(api.url).set('authorization', `Bearer ${account.apiKey}`);
  const lookUp = (setting: string, query: Record<string, string>) =>
    as().get(`/v1/channels/${channel}/lookups/${setting}`).query(query);

  it('says before scheduling what each channel will cost, the first comment included', async () => {
    const validate = (body: object) =>
      as()
        .post(`/v1/workspaces/${account.workspaceId}/posts/validate`)
        .send({ schedule: 'now', ...body })
        .expect(200);
    const content = { text: 'Hear, hear', link: 'https://example.com/', firstComment: { text: 'And more' } };
    const { body } = await validate({ content, channels: [{ id: channel, settings: { hall } }] });
    expect(body).toMatchObject({
      valid: true,
      costs: [
        {
          channelId: channel,
          practice: true,
          costs: [
            { price: 'call', label: 'a call', count: 1, usd: 0.015 },
            { price: 'call-with-link', label: 'a call that holds a link', count: 1, usd: 0.2 },
          ],
          usd: 0.215,
        },
      ],
    });
    const without = await validate({ content: { text: 'Hear' }, channels: [{ id: channel, settings: {} }] });
    expect(without.body.errors).toMatchObject([{ field: 'channels/0/settings/hall', rule: 'setting-required' }]);
  });

  it('sums what was spent, for at most a year', async () => {
    const sums = (query: object) => as().get(`/v1/workspaces/${account.workspaceId}/spending`).query(query);
    const { body } = await sums(range).expect(200);
    expect(body).toMatchObject({ ...range, usd: 0, channels: [], practice: { usd: 0.005 } });
    const wrong = await sums({ from: 'yesterday', to: range.to }).expect(422);
    expect(wrong.body.errors).toMatchObject([{ field: 'from', rule: 'instant' }]);
    const long = await sums({ from: '2025-01-01T00:00:00Z', to: '2026-06-01T00:00:00Z' }).expect(422);
    expect(long.body.errors).toMatchObject([{ field: 'to', rule: 'too-long' }]);
  });

  it('lists everything without a query, and what is below only once it is known below what', async () => {
    const halls = await lookUp('hall', { query: '' }).expect(200);
    expect(halls.body.data).toHaveLength(250);
    const missing = await lookUp('seat', { query: '' }).expect(422);
    expect(missing.body.errors).toMatchObject([{ field: 'of', rule: 'depends-on' }]);
    const seats = await lookUp('seat', { query: '', of: '7' }).expect(200);
    expect(seats.body.data).toEqual([
      { value: '1', label: 'Seat A of 7' },
      { value: '2', label: 'Seat B of 7' },
    ]);
    expect((await lookUp('seat', { query: '', of: '8' }).expect(200)).body.data[0].label).toBe('Seat A of 8');
  });

  it('tells in its own words that the platform does not let the account search', async () => {
    const { body } = await lookUp('hall', { query: 'forbidden' }).expect(409);
    expect(body.errors).toMatchObject([
      { rule: 'permission', message: 'Echo does not allow this account to do that.' },
    ]);
    sandbox.faults.add({ operation: 'read', kind: 'refuse-unavailable', times: 2 });
    await lookUp('hall', { query: 'anything' }).expect(502);
  });
});
