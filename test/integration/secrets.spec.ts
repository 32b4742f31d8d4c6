import { type INestApplicationContext } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import request from 'supertest';
import { MailOutbox } from '#kernel';
import { loadPlatforms } from '#platforms';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { type Agent, type TestAccount } from '../support/api.js';
import { lettersTo } from '../support/letters.js';
import { consent } from '../support/people.js';
import { PracticeApi } from '../support/practice-api.js';
import { until } from '../support/processes.js';
import { addTeammate } from '../support/team.js';
import { credentialsOf, dump, found, type SecretValue, seenRows, Terminal, watchRows } from './secrets-watch.js';

const TIMES = { PUBLISH_TIMEOUT_MS: '2000', PUBLISH_LEASE_MS: '5000', PUBLISH_POLL_MS: '50' };
const HALF_MINUTE_MS = 30_000;

/**
 * A busy day with everything that is secret in it, told at debug level: people sign in in every way, networks are connected
 * by credentials and by consent, posts go out, are refused and are tried again, tokens are renewed, connections given up.
 */
describe('a secret', () => {
  const terminal = new Terminal();
  const secrets: SecretValue[] = [];
  /** Answers that were not meant to tell a secret. */
  const answers: string[] = [];
  let practice: PracticeApi;
  let worker: INestApplicationContext;
  let account: TestAccount;
  let letters: string;
  let metrics: string;
  let tables: Map<string, string>;

  const keep = (what: string, value: unknown) => {
    if (typeof value !== 'string' || value.length < 10) throw new Error(`There is no ${what} to look for.`);
    secrets.push({ what, value });
    return value;
  };
  const heard = (answer: request.Response) => {
    // A session is told to its browser again and again, and to nobody else.
    const { 'set-cookie': _, ...headers } = answer.headers as Record<string, unknown>;
    answers.push(`${answer.status} ${answer.text} ${JSON.stringify(headers)}`);
    return answer;
  };

  beforeAll(async () => {
    terminal.watch();
    practice = await PracticeApi.start({ ...TIMES, LOG_LEVEL: 'debug' });
    await watchRows(practice.owner);
    const { kernel, databaseUrl, ownerUrl } = practice.api;
    worker = await createWorker(kernel, databaseUrl, await loadPlatforms());
    await worker.init();
    keep('secret key of the installation', kernel.config.secretKey);
    keep('token of the fault controls', kernel.config.sandbox.token);
    for (const url of [databaseUrl, ownerUrl]) keep('password of the database', new URL(url).password);
    account = await practice.api.signUp();
    await signInInEveryWay();
    await connectEverything();
    await publishEverything();
    await loseAndGiveUp();
    metrics = (await request(practice.api.url).get('/metrics').expect(200)).text;
    letters = JSON.stringify(await practice.api.app.get(MailOutbox).list());
    tables = await dump(practice.owner);
  });
  afterAll(async () => {
    await worker?.close();
    await practice?.close();
    terminal.unwatch();
  });

  async function signInInEveryWay(): Promise<void> {
    const { agent, email, password } = account;
    keep('password', password);
    keep('API key', account.apiKey);
    const guess = keep('password that was wrong', 'a wrong but telling guess');
    heard(await practice.api.agent().post('/v1/auth/login').send({ email, password: guess }).expect(401));
    heard(await practice.api.agent().get('/v1/me').set('authorization', `Bearer ${account.apiKey}x`).expect(401));
    const made = await agent.post('/v1/api-keys').set('Idempotency-Key', 'twice').send({ name: 'second' }).expect(201);
    keep('second API key', made.body.key);
    heard(await agent.get('/v1/api-keys').expect(200));
    await resetPassword();
    await turnOnSecondFactor();
    await addTeammate(practice, account);
    const { agent: member, email: address } = await addTeammate(practice, account, { role: 'admin' });
    heard(await member.get(`/v1/organizations/${account.organizationId}/invitations`).expect(200));
    for (const letter of await lettersTo(practice.owner, practice.api.kernel.vault, address)) {
      keep('link of an invitation', letter.action?.address.split('/').at(-1));
    }
  }

  async function resetPassword(): Promise<void> {
    const { email } = account;
    await practice.api.agent().post('/v1/auth/password-reset').send({ email }).expect(202);
    const mails = await practice.api.app.get(MailOutbox).list();
    const text = mails.find(({ to, text: words }) => to.address === email && /reset-password#/.test(words))?.text;
    const token = keep('link of a password reset', /reset-password#([\w-]+)/.exec(text ?? '')?.[1]);
    const password = keep('new password', 'an entirely new passphrase');
    const confirm = { token, password };
    await practice.api.agent().post('/v1/auth/password-reset/confirm').send(confirm).expect(204);
    heard(await practice.api.agent().post('/v1/auth/password-reset/confirm').send(confirm));
    account = { ...account, password, agent: await logIn(email, password) };
  }

  async function logIn(email: string, password: string): Promise<Agent> {
    const agent = practice.api.agent();
    const answer = await agent.post('/v1/auth/login').send({ email, password }).expect(200);
    const cookie = String(answer.headers['set-cookie']);
    keep('session', decodeURIComponent(/clickpost\.sid=s%3A([^.]+)/.exec(cookie)?.[1] ?? ''));
    return agent;
  }

  async function turnOnSecondFactor(): Promise<void> {
    const { agent, password, email } = account;
    const begun = await agent.post('/v1/auth/second-factor/begin').send({ password }).expect(200);
    const secret = keep('secret of the second factor', begun.body.secret);
    const code = (ahead: number) =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead });
    const confirmed = await agent
      .post('/v1/auth/second-factor/confirm')
      .send({ code: code(0) })
      .expect(200);
    for (const recovery of confirmed.body.recoveryCodes) keep('recovery code', recovery);
    const other = await logIn(email, password);
    heard(await other.post('/v1/auth/second-factor').send({ code: '000000' }).expect(422));
    await other
      .post('/v1/auth/second-factor')
      .send({ code: code(HALF_MINUTE_MS) })
      .expect(200);
    heard(await agent.get('/v1/auth/security').expect(200));
    heard(await agent.get('/v1/auth/sessions').expect(200));
  }

  const path = () => `/v1/workspaces/${account.workspaceId}`;
  const key = () => practice.as(account);

  async function connectEverything(): Promise<void> {
    const origin = practice.sandbox.origin;
    const connect = async (platform: string, credentials: Record<string, string>, status = 201) =>
      heard(await key().post(`${path()}/connections`).send({ platform, credentials, practice: true }).expect(status));
    const wrong = keep('token that was wrong', 'whsec_bm90IHRoZSByaWdodCBzZWNyZXQgYXQgYWxs');
    const hook = `${origin}/webhook/inbox/hook-with-a-token`;
    await connect('webhook', { name: 'A hook', url: hook, secret: wrong }, 422);
    await connect('webhook', { name: 'A hook', url: hook });
    await connect('mastodon', { accessToken: keep('access token', 'practice-telling-access-token') });
    await connect('bluesky', { identifier: 'secrets.bsky.test' });
    const asked = { platform: 'facebook', practice: true };
    const begun = await account.agent.post(`${path()}/connections`).send(asked).expect(201);
    const back = await consent(begun.body.authorizationUrl, 'Practice Person');
    keep('code of a consent', back.searchParams.get('code'));
    keep('state of a consent', back.searchParams.get('state'));
    heard(await account.agent.get(`${back.pathname}${back.search}`).set('accept', 'application/json').expect(200));
    // The same way back, once more: refused.
    heard(await account.agent.get(`${back.pathname}${back.search}`).set('accept', 'application/json'));
    await learn();
  }

  /** Credentials change while they are used: all that there were are looked for. */
  async function learn(): Promise<void> {
    secrets.push(...(await credentialsOf(practice.owner, practice.api.kernel.vault)));
  }

  async function publishEverything(): Promise<void> {
    const { body } = await key().get(`${path()}/channels`).expect(200);
    const channels = body.data as { id: string; platform: string }[];
    expect(channels.map(({ platform }) => platform)).toEqual(
      expect.arrayContaining(['webhook', 'mastodon', 'bluesky', 'facebook']),
    );
    const { faults } = practice.sandbox;
    // Others would have to be looked for first, after the time that each of them takes to settle.
    faults.add({
      kind: 'refuse-unavailable',
      operation: 'commit',
      platform: 'bluesky',
      times: 1,
      retryAfterSeconds: 1,
    });
    // What is renewed must be new, or nothing was.
    await practice.owner.query(`update connections set expires_at = now() + interval '5 s' where platform = 'bluesky'`);
    const published = await post('It went out', channels);
    await Promise.all(published.map((id) => reached(id, 'published')));
    await learn();
    const mastodon = channels.filter(({ platform }) => platform === 'mastodon');
    faults.add({ kind: 'refuse-content', operation: 'commit', platform: 'mastodon', times: 1 });
    const [refused = ''] = await post('It was refused', mastodon);
    await reached(refused, 'failed');
    for (const id of [...published, refused]) {
      heard(await key().get(`/v1/publications/${id}`).expect(200));
      heard(await key().get(`/v1/publications/${id}/log?limit=100`).expect(200));
    }
  }

  async function post(text: string, channels: readonly { id: string }[]): Promise<string[]> {
    const written = { content: { text }, channels: channels.map(({ id }) => ({ id })), schedule: 'now' };
    const { body } = heard(await key().post(`${path()}/posts`).send(written).expect(201));
    return body.publications.map(({ id }: { id: string }) => id);
  }

  async function reached(id: string, state: string): Promise<void> {
    const look = async () => (await key().get(`/v1/publications/${id}`)).body;
    await until(
      async () => ((await look()).state === state ? true : undefined),
      async () => JSON.stringify(await look()),
    );
  }

  async function loseAndGiveUp(): Promise<void> {
    practice.sandbox.faults.add({ kind: 'refuse-auth', operation: 'commit', platform: 'mastodon', times: 1 });
    const { body } = heard(await key().get(`${path()}/channels`).expect(200));
    const [lost = ''] = await post(
      'It lost its sign-in',
      body.data.filter(({ platform }: { platform: string }) => platform === 'mastodon'),
    );
    await until(
      async () => (/held|failed/.test((await key().get(`/v1/publications/${lost}`)).body.state) ? true : undefined),
      () => 'It was neither held nor failed.',
    );
    const connections = heard(await key().get(`${path()}/connections`).expect(200)).body.data as { id: string }[];
    await learn();
    for (const { id } of connections) {
      heard(await key().get(`/v1/connections/${id}`).expect(200));
      heard(await key().delete(`/v1/connections/${id}`));
    }
    await until(
      async () => {
        const left = await practice.owner.query(`select 1 from outbox where topic = 'connection.disconnected'`);
        return left.rowCount === 0 ? true : undefined;
      },
      () => 'The connections were not given back.',
    );
    heard(await key().get('/v1/nothing').expect(404));
    heard(await key().post(`${path()}/posts`).type('json').send(`{"content":{"text":1,"secret":"x"}}`).expect(422));
  }

  it('was used: the day was a busy one', async () => {
    const kinds = new Set(secrets.map(({ what }) => what));
    expect(kinds.size).toBeGreaterThan(18);
    expect(terminal.text.split('\n').length).toBeGreaterThan(100);
    expect(answers.length).toBeGreaterThan(30);
    // Of one pair of tokens there were several: it was renewed.
    const tokens = secrets.filter(({ what }) => /jwt$/i.test(what)).map(({ value }) => value);
    expect(new Set(tokens).size).toBeGreaterThan(2);
    // It would be found, as it is and in other letters.
    expect(found(secrets, `key=${account.apiKey}.`)).toEqual(['API key']);
    expect(found(secrets, Buffer.from(`${account.apiKey}:`).toString('base64'))).toEqual(['API key']);
    const logged = await practice.owner.query<{ kind: string }>('select distinct kind from publishing_log');
    const kindsLogged = logged.rows.map(({ kind }) => kind);
    expect(kindsLogged).toEqual(expect.arrayContaining(['published', 'failed', 'retry-planned', 'fenced']));
  });

  it('is in no log', () => {
    expect(found(secrets, terminal.text)).toEqual([]);
  });

  it('is in no answer but the one that gives it out', () => {
    expect(answers.filter((answer) => found(secrets, answer).length > 0)).toEqual([]);
  });

  it('is in no measurement, and in no mail but its link', () => {
    expect(found(secrets, metrics)).toEqual([]);
    const notByMail = secrets.filter(({ what }) => !what.startsWith('link of'));
    expect(letters).toContain('reset-password#');
    expect(found(notByMail, letters)).toEqual([]);
  });

  it('is in no job and in no message between processes', async () => {
    const rows = await seenRows(practice.owner);
    expect(rows.some(({ table }) => table === 'public.outbox')).toBe(true);
    expect(rows.some(({ table }) => table.startsWith('bullmq.'))).toBe(true);
    expect(found(secrets, JSON.stringify(rows))).toEqual([]);
  });

  it('is in no table, unless it was sealed', () => {
    for (const table of ['public.publishing_log', 'public.audit_log', 'public.mails', 'public.idempotency_keys']) {
      expect({ table, empty: tables.get(table) === '' }).toEqual({ table, empty: false });
    }
    const told = [...tables].flatMap(([table, text]) => found(secrets, text).map((what) => `${what} in ${table}`));
    expect(told).toEqual([]);
  });

  it('travels in no job without its organization: each says whose it is', async () => {
    const rows = await seenRows(practice.owner);
    const outbox = rows.filter(({ table }) => table === 'public.outbox').map(({ row }) => row);
    const topics = new Set(outbox.map((row) => row['topic']));
    expect([...topics]).toEqual(expect.arrayContaining(['channel.disconnected', 'connection.disconnected']));
    // Only what concerns the whole installation says nothing, and nothing of this day did.
    expect(outbox.filter((row) => row['organization_id'] !== account.organizationId)).toEqual([]);
  });
});
