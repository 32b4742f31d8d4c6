import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { PlatformRegistry } from '#platforms';
import { type CommitContext, type Json, type PrepareContext } from '#platforms/core';
import { platform } from '#platforms/mastodon';
import { type PracticeDraft, practiceDraft, practiceImage } from '#platforms/testing';
import { type Sandbox, startSandbox } from '#sandbox';

/** The official description of the API, kept beside the checkout: it is no part of the project. */
const file = join(import.meta.dirname, '../../../shared/specs/mastodon.openapi.json');
const available = existsSync(file);
if (!available) process.stderr.write(`Left out: the Mastodon API's official description is not at ${file}.\n`);

const { adapter } = platform;

interface Schema {
  $ref?: string;
}
interface Content {
  content?: Record<string, { schema: Schema }>;
}
interface Operation {
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: Content;
  responses: Record<string, Content>;
}
interface Description {
  paths: Record<string, Record<string, Operation>>;
}

/** The official description, and what it says about single requests and answers. */
class Official {
  private readonly description: Description;
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor() {
    // A status with text and images is a TextStatus and a MediaStatus at once, so "oneOf" cannot be meant.
    this.description = JSON.parse(readFileSync(file, 'utf8').replaceAll('"oneOf"', '"anyOf"')) as Description;
    addFormats.default(this.ajv);
    this.ajv.addFormat('iso-639-1', /^[a-z]{2,3}$/);
    this.ajv.addSchema(this.description, 'mastodon');
  }

  operation(method: string, path: string): Operation {
    const names = Object.keys(this.description.paths);
    // A literal path such as `/accounts/verify_credentials` comes before `/accounts/{id}`.
    const name = names.find((known) => known === path) ?? names.find((known) => toPattern(known).test(path));
    const operation = name === undefined ? undefined : this.description.paths[name]?.[method.toLowerCase()];
    if (!operation) throw new Error(`The official description has no ${method} ${path}.`);
    return operation;
  }

  /** What is wrong with a value; nothing where it fits. */
  errors(schema: Schema, value: unknown): string[] {
    const within = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"mastodon#/')) as Schema;
    const validate: ValidateFunction = this.ajv.compile(within);
    return validate(value) ? [] : (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`);
  }
}

function toPattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`);
}

interface Exchange {
  request: Request;
  response: Response;
}

/** What an exchange does otherwise than the official description has it. */
async function deviations(official: Official, { request, response }: Exchange): Promise<string[]> {
  const url = new URL(request.url);
  const operation = official.operation(request.method, url.pathname.replace(/^\/mastodon/, ''));
  return [
    ...queryErrors(official, operation, url),
    ...(await bodyErrors(official, operation, request)),
    ...(await answerErrors(official, operation, response)),
  ].map((error) => `${request.method} ${url.pathname} ${response.status}: ${error}`);
}

function queryErrors(official: Official, operation: Operation, url: URL): string[] {
  return [...url.searchParams].flatMap(([name, value]) => {
    const parameter = operation.parameters?.find((known) => known.in === 'query' && known.name === name);
    if (!parameter) return [`the query parameter ${name} is unknown`];
    const typed: unknown = /^(true|false|\d{1,9})$/.test(value) ? JSON.parse(value) : value;
    return official.errors(parameter.schema, typed).map((error) => `query ${name}${error}`);
  });
}

async function bodyErrors(official: Official, operation: Operation, request: Request): Promise<string[]> {
  if (request.method !== 'POST') return [];
  const type = request.headers.get('content-type')?.split(';')[0] ?? '';
  const schema = operation.requestBody?.content?.[type]?.schema;
  if (!schema) return [`a body of type ${type} is unknown`];
  const body: unknown =
    type === 'application/json'
      ? await request.json()
      : Object.fromEntries(
          [...(await request.formData())].map(([name, value]) => [name, value instanceof File ? 'file' : value]),
        );
  return official.errors(schema, body).map((error) => `request body${error}`);
}

async function answerErrors(official: Official, operation: Operation, response: Response): Promise<string[]> {
  const documented = operation.responses[response.status];
  if (!documented) return [`the status ${response.status} is not documented`];
  const schema = documented.content?.['application/json']?.schema;
  return schema ? official.errors(schema, await response.json()).map((error) => `answer${error}`) : [];
}

(available ? describe : describe.skip)('against the official description of the API', () => {
  let official: Official;
  let sandbox: Sandbox;
  let exchanges: Exchange[];

  beforeAll(() => {
    official = new Official();
  });
  beforeEach(async () => {
    exchanges = [];
    sandbox = await startSandbox({
      platforms: new PlatformRegistry([platform]),
      host: '127.0.0.1',
      port: 0,
      controlToken: 'let-me',
    });
  });
  afterEach(() => sandbox.close());

  const listening: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const kept = request.clone();
    const response = await fetch(request);
    exchanges.push({ request: kept, response: response.clone() });
    return response;
  };

  async function account(): Promise<CommitContext> {
    const unpriced = { options: {}, spend: () => undefined, use: () => undefined };
    const plain = {
      fetch: listening,
      now: () => new Date(),
      endpoints: {},
      channelDetails: {},
      media: [],
      ...unpriced,
    };
    const entered = { instance: `${sandbox.origin}/mastodon`, accessToken: 'practice' };
    const authorization = await adapter.connect?.(plain, entered);
    if (!authorization) throw new Error('Mastodon has no connect form.');
    const context = { ...plain, credentials: authorization.credentials };
    const [channel] = await adapter.listChannels(context);
    return { ...context, channelDetails: channel?.details ?? {} };
  }

  function preparing(context: CommitContext, { media }: PracticeDraft): PrepareContext {
    return {
      ...context,
      media,
      setId: 'set',
      step: async <T extends Json>(_name: string, fn: () => Promise<T> | T) => fn(),
    };
  }

  async function expectAsDocumented(): Promise<void> {
    const found = await Promise.all(exchanges.map((exchange) => deviations(official, exchange)));
    expect(found.flat()).toEqual([]);
  }

  it('connects, publishes with images, looks, and deletes as documented', async () => {
    const context = await account();
    const practice = practiceDraft(
      {
        text: 'Look #here',
        link: 'https://example.com/a',
        settings: { spoilerText: 'Art', sensitive: true, language: 'en' },
      },
      [await practiceImage({ altText: 'A square' })],
    );
    const prepared = await adapter.prepare(preparing(context, practice), practice.draft);
    const since = new Date();
    const receipt = await adapter.commit(context, prepared);
    const reply = practiceDraft({ kind: 'reply', text: 'And more', replyTo: { root: receipt, parent: receipt } });
    const below = await adapter.prepare(preparing(context, reply), reply.draft);
    await adapter.commit(context, below);
    const looked = await adapter.reconcile(context, { prepared: below, draft: reply.draft, since, claimed: new Set() });
    expect(looked.outcome).toBe('published');
    await adapter.remove?.(context, receipt);
    await adapter.remove?.(context, receipt);
    await expectAsDocumented();
    expect(new Set(exchanges.map(({ request, response }) => `${request.method} ${response.status}`))).toEqual(
      new Set(['GET 200', 'POST 202', 'GET 206', 'POST 200', 'DELETE 200', 'DELETE 404']),
    );
  });

  it('reads what was typed, and discards uploads, as documented', async () => {
    const context = await account();
    const other = practiceDraft({ text: 'Somebody else wrote this' });
    await adapter.commit(context, await adapter.prepare(preparing(context, other), other.draft));
    const practice = practiceDraft({ text: 'Never sent' });
    const prepared = await adapter.prepare(preparing(context, practice), practice.draft);
    const since = new Date(Date.now() - 1_000);
    const looked = await adapter.reconcile(context, { prepared, draft: practice.draft, since, claimed: new Set() });
    expect(looked.outcome).toBe('absent');
    const pictured = practiceDraft({}, [await practiceImage()]);
    await adapter.discard?.(context, await adapter.prepare(preparing(context, pictured), pictured.draft));
    await expectAsDocumented();
    expect(exchanges.some(({ request }) => request.url.endsWith('/source'))).toBe(true);
  });

  it('is refused as documented', async () => {
    const context = await account();
    const refused = (form: Record<string, Json>) =>
      expect(adapter.commit(context, { idempotencyKey: 'k', form })).rejects.toThrow();
    await refused({ status: '' });
    await refused({ status: 'x'.repeat(501) });
    await refused({ status: 'hi', in_reply_to_id: '1' });
    await expect(
      adapter.listChannels({ ...context, credentials: { ...context.credentials, accessToken: 'wrong' } }),
    ).rejects.toThrow();
    await expectAsDocumented();
    expect(exchanges.map(({ response }) => response.status).slice(-4)).toEqual([422, 422, 404, 401]);
  });

  it('knows the old description of a server as well', async () => {
    exchanges.push({
      request: new Request(`${sandbox.origin}/mastodon/api/v1/instance`),
      response: await fetch(`${sandbox.origin}/mastodon/api/v1/instance`),
    });
    await expectAsDocumented();
  });
});
