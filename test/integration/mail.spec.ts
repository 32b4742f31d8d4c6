import { type AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import pg from 'pg';
import request from 'supertest';
import { SMTPServer } from 'smtp-server';
import { loadConfig, MailDelivery, MailQueue, forgetOldMail, type Letter, row } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { createApi } from '../../apps/api/src/create-api.js';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { startTestApi, type TestAccount, type TestApi } from '../support/api.js';
import { until } from '../support/processes.js';

interface Arrived extends ParsedMail {
  envelope: { from: string; to: string[] };
}

/** A mail server that takes what it is given, unless it is told to refuse. */
class Mailbox {
  readonly arrived: Arrived[] = [];
  refuse: string | undefined;
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(this.refuse === undefined ? null : new Error(this.refuse)),
    onData: (stream, session, done) => {
      const { mailFrom, rcptTo } = session.envelope;
      void simpleParser(stream).then((mail) => {
        const from = mailFrom === false ? '' : mailFrom.address;
        this.arrived.push({ ...mail, envelope: { from, to: rcptTo.map(({ address }) => address) } });
        done();
      }, done);
    },
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}

const LETTER: Letter = {
  subject: 'Set a new password',
  paragraphs: ['Somebody asked for a new password <b>for you</b>.'],
  action: { label: 'Set a password', address: 'https://clickpost.example.com/reset?token=a-secret-link' },
  closing: ['The link works for an hour.'],
};

let api: TestApi;
let owner: pg.Client;
let account: TestAccount;
let mailbox: Mailbox;
let mailUrl: string;
let delivery: MailDelivery;

beforeAll(async () => {
  api = await startTestApi();
  owner = new pg.Client({ connectionString: api.ownerUrl });
  await owner.connect();
  account = await api.signUp();
  mailbox = new Mailbox();
  mailUrl = await mailbox.listen();
  delivery = new MailDelivery(api.kernel.database, api.kernel.vault, withServer());
});

afterAll(async () => {
  delivery.close();
  await mailbox.close();
  await owner.end();
  await api.close();
});

beforeEach(async () => {
  mailbox.refuse = undefined;
  mailbox.arrived.length = 0;
  await owner.query('delete from mails');
});

function withServer() {
  const { config } = api.kernel;
  return { ...config, mail: { smtpUrl: mailUrl, from: { name: 'ClickPost', address: 'post@clickpost.example.com' } } };
}

function write(letter: Letter = LETTER, to: { address: string; name?: string } = { address: 'ann@example.com' }) {
  const queue = new MailQueue(api.kernel.vault);
  const { organizationId } = account;
  return api.kernel.database.tenant(organizationId, (tx) =>
    queue.add(tx, { to, organizationId, kind: 'test', letter }),
  );
}

const mails = async () => (await owner.query('select * from mails order by created_at, id')).rows;

describe('A mail', () => {
  it('arrives as text and as HTML, once, and leaves nothing of what it said', async () => {
    await write(LETTER, { address: 'ann@example.com', name: 'Ann' });
    const [waiting] = await mails();
    expect(waiting.sent_at).toBeNull();
    await delivery.deliver();
    await delivery.deliver();
    expect(mailbox.arrived).toHaveLength(1);
    const [mail] = mailbox.arrived;
    expect(mail).toMatchObject({ subject: 'Set a new password', messageId: `<${waiting.id}@clickpost.example.com>` });
    expect(mail?.envelope).toEqual({ from: 'post@clickpost.example.com', to: ['ann@example.com'] });
    expect(mail?.to).toMatchObject({ value: [{ address: 'ann@example.com', name: 'Ann' }] });
    expect(mail?.from?.value).toEqual([{ address: 'post@clickpost.example.com', name: 'ClickPost' }]);
    for (const part of [mail?.text, mail?.html]) expect(part).toContain('reset?token=a-secret-link');
    expect(mail?.text).toContain('<b>for you</b>');
    expect(mail?.html).toContain('&lt;b&gt;for you&lt;/b&gt;');
    expect(await mails()).toEqual([
      expect.objectContaining({ id: waiting.id, body: null, attempts: 1, sent_at: expect.any(Date) }),
    ]);
  });

  it('is not readable in the database', async () => {
    await write();
    const [{ body, ...rest }] = await mails();
    expect(body).toMatch(/^eyJ/);
    expect(JSON.stringify(rest)).not.toContain('password');
    expect(Buffer.from(body.split('.').join(''), 'base64url').toString('latin1')).not.toContain('a-secret-link');
    await expect(
      api.kernel.database.tenant(account.organizationId, (tx) => tx.query('select * from mails')),
    ).rejects.toThrow('permission denied');
  });

  it('is there with the change that causes it, or not at all', async () => {
    const queue = new MailQueue(api.kernel.vault);
    const failing = api.kernel.database.identity(async (tx) => {
      await queue.add(tx, { to: { address: 'ann@example.com' }, kind: 'test', letter: LETTER });
      throw new Error('taken back');
    });
    await expect(failing).rejects.toThrow('taken back');
    expect(await mails()).toEqual([]);
  });

  it('gets no further header or reader from a name or a subject', async () => {
    const name = 'Ann\r\nBcc: eve@example.com, Eve <eve@example.com>';
    await write(
      { ...LETTER, subject: 'Hello\r\nBcc: eve@example.com\r\n\r\nBody' },
      { address: 'ann@example.com', name },
    );
    await delivery.deliver();
    const [mail] = mailbox.arrived;
    expect(mail?.envelope.to).toEqual(['ann@example.com']);
    expect(mail?.headers.has('bcc')).toBe(false);
    expect(mail?.subject).toBe('Hello Bcc: eve@example.com Body');
    expect(mail?.to).toMatchObject({ value: [{ address: 'ann@example.com' }] });
  });

  it('is about no organization but that of its transaction', async () => {
    const other = await api.signUp();
    const queue = new MailQueue(api.kernel.vault);
    const foreign = api.kernel.database.tenant(account.organizationId, (tx) =>
      queue.add(tx, {
        to: { address: 'a@example.com' },
        organizationId: other.organizationId,
        kind: 'test',
        letter: LETTER,
      }),
    );
    await expect(foreign).rejects.toThrow('row-level security');
  });
});

describe('A mail that is not taken', () => {
  it('is tried again later, and says why it waits', async () => {
    mailbox.refuse = 'Mailbox busy, come back later';
    await write();
    await delivery.deliver();
    const [waiting] = await mails();
    expect(waiting).toMatchObject({ attempts: 1, sent_at: null, lease: null });
    expect(waiting.last_error).toContain('Mailbox busy');
    expect(waiting.available_at.getTime()).toBeGreaterThan(waiting.created_at.getTime());
    mailbox.refuse = undefined;
    await delivery.deliver();
    expect(mailbox.arrived).toHaveLength(0);
    await owner.query('update mails set available_at = now()');
    await delivery.deliver();
    expect(mailbox.arrived).toHaveLength(1);
    expect((await mails())[0]).toMatchObject({ attempts: 2, last_error: null, body: null });
  });

  it('is given up after three days, to be seen in the measurements', async () => {
    mailbox.refuse = 'No such user';
    await write();
    await owner.query(`update mails set created_at = now() - interval '73 hours'`);
    await delivery.deliver();
    const [given] = await mails();
    expect(given).toMatchObject({ body: null, sent_at: null, given_up_at: expect.any(Date) });
    expect(given.last_error).toContain('No such user');
    mailbox.refuse = undefined;
    await owner.query('update mails set available_at = now()');
    await delivery.deliver();
    expect(mailbox.arrived).toHaveLength(0);
    const { text } = await request(api.url).get('/metrics').expect(200);
    expect(text).toContain('clickpost_mails{state="given-up"} 1');
  });

  it('is sent by another worker when the one that had it died: once more, where only its record was lost', async () => {
    await write();
    // What a kill leaves behind: a lease that nobody renews. Whether the server had said yes is not known.
    await owner.query(
      `update mails set lease = gen_random_uuid(), leased_until = now() + interval '1 hour', attempts = 1`,
    );
    await delivery.deliver();
    expect(mailbox.arrived).toHaveLength(0);
    await owner.query(`update mails set leased_until = now() - interval '1 second'`);
    await delivery.deliver();
    expect(mailbox.arrived).toHaveLength(1);
  });

  it('that cannot be decrypted keeps no other from being sent', async () => {
    await write();
    await owner.query(`update mails set body = 'eyJhbGciOiJkaXIifQ....'`);
    await write({ ...LETTER, subject: 'The other' });
    await delivery.deliver();
    expect(mailbox.arrived.map(({ subject }) => subject)).toEqual(['The other']);
    expect((await mails())[0].last_error).toContain('not known');
  });
});

it('is sent by the worker by itself, and forgotten after 30 days', async () => {
  const kernel = { ...api.kernel, config: withServer() };
  const worker = await createWorker(kernel, api.databaseUrl, new PlatformRegistry([]));
  try {
    await worker.init();
    await write();
    const sent = async () => (await mails()).find(({ sent_at: at }) => at !== null);
    await until(sent, () => 'The worker sent no mail.');
    expect(mailbox.arrived).toHaveLength(1);
  } finally {
    await worker.close();
  }
  expect(await forgetOldMail(api.kernel.database)).toBe(0);
  await write();
  await owner.query(`update mails set created_at = now() - interval '31 days'`);
  expect(await forgetOldMail(api.kernel.database)).toBe(1);
  // What still waits is never forgotten.
  expect(await mails()).toEqual([expect.objectContaining({ sent_at: null })]);
});

describe('The outbox page', () => {
  it('shows what would have been sent, with its links', async () => {
    await write(LETTER, { address: 'ann@example.com', name: 'Ann <script>' });
    await new MailDelivery(api.kernel.database, api.kernel.vault, api.kernel.config).deliver();
    const list = await request(api.url).get('/outbox').expect(200).expect('Content-Type', /html/);
    expect(list.text).toContain('Set a new password');
    expect(list.text).not.toContain('<script>');
    const [{ id }] = await mails();
    const page = await request(api.url).get(`/outbox/${id}`).expect(200);
    expect(page.text).toContain('href="https://clickpost.example.com/reset?token=a-secret-link"');
    expect(page.text).toContain(`src="/outbox/${id}/html"`);
    const letter = await request(api.url).get(`/outbox/${id}/html`).expect(200);
    expect(letter.text).toContain('<h1');
    for (const { headers } of [list, page, letter]) {
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).not.toContain('script-src');
      expect(headers['cache-control']).toBe('no-store');
    }
    expect(letter.headers['content-security-policy']).toMatch(/sandbox allow-popups/);
    // A server that is configured later is not given it.
    await delivery.deliver();
    expect(mailbox.arrived).toHaveLength(0);
  });

  it('says how it looks when there is none, and knows no other', async () => {
    expect((await request(api.url).get('/outbox').expect(200)).text).toContain('No mail has been written yet.');
    await request(api.url).get('/outbox/0190d3c4-0000-7000-8000-000000000000').expect(404);
    await request(api.url).get('/outbox/nothing').expect(404);
  });

  it('is for this machine alone', async () => {
    await request(api.url).get('/outbox').set('X-Forwarded-For', '203.0.113.7').expect(403);
    await request(api.url).get('/outbox').set('Host', 'rebound.example.com').expect(403);
  });

  it.each([
    ['mail is sent', { SMTP_URL: 'smtp://127.0.0.1:25', MAIL_FROM: 'post@example.com' }],
    ['in production', { NODE_ENV: 'production' }],
  ])('is not there where %s', async (_, env) => {
    const { dataDir } = api.kernel.config;
    const SECRET_KEY = 'a secret key for tests alone, long enough';
    const config = loadConfig({
      DATABASE_URL: api.databaseUrl,
      DATA_DIR: dataDir,
      SECRET_KEY,
      LOG_LEVEL: 'silent',
      ...env,
    });
    const app = await createApi({ kernel: { ...api.kernel, config }, platforms: new PlatformRegistry([]) });
    await app.listen(0, '127.0.0.1');
    await request(app.getHttpServer()).get('/outbox').expect(404);
    await app.close();
  });
});

it('waits in production without a server, and is given up with its reason', async () => {
  const config = { ...api.kernel.config, production: true };
  const unsent = new MailDelivery(api.kernel.database, api.kernel.vault, config);
  await write();
  await unsent.deliver();
  expect((await mails())[0]).toMatchObject({ sent_at: null, given_up_at: null });
  await owner.query(`update mails set created_at = now() - interval '73 hours'`);
  await unsent.deliver();
  expect((await mails())[0]).toMatchObject({ given_up_at: expect.any(Date), body: null });
  expect((await mails())[0].last_error).toContain('SMTP_URL');
  const left = await api.kernel.database.engine((tx) => row(tx, 'select 1 from mails where body is not null'));
  expect(left).toBeUndefined();
});
