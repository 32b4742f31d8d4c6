import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import request from 'supertest';
import { PracticeApi } from '../support/practice-api.js';

const BASE = 'https://clickpost.example/openapi';

describe('platforms and their limits', () => {
  let practice: PracticeApi;
  let ajv: Ajv2020;
  let schemas: Record<string, Record<string, never>>;
  beforeAll(async () => {
    practice = await PracticeApi.start();
    const { body } = await request(practice.api.url).get('/v1/openapi.json').expect(200);
    schemas = body.components.schemas;
    ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema({ $id: BASE, components: body.components });
  });
  afterAll(() => practice?.close());

  const expectDocumented = (name: string, answer: unknown) => {
    ajv.validate({ $ref: `${BASE}#/components/schemas/${name}` }, answer);
    expect({ name, errors: ajv.errors }).toEqual({ name, errors: null });
  };

  it('are served as they are documented', async () => {
    const account = await practice.api.signUp();
    const { body } = await practice.as(account).get('/v1/platforms').expect(200);
    expect(body.data.map(({ id }: { id: string }) => id).sort()).toEqual([
      'bluesky',
      'facebook',
      'google-business',
      'instagram',
      'linkedin',
      'mastodon',
      'pinterest',
      'threads',
      'tiktok',
      'webhook',
      'x',
      'youtube',
    ]);
    expectDocumented('PlatformsDto', body);
    await practice.connect(account);
    const channels = await practice.as(account).get(`/v1/workspaces/${account.workspaceId}/channels`).expect(200);
    expect(channels.body.data).toMatchObject([{ limits: { text: { countsLink: { separator: '\n\n' } } } }]);
    expectDocumented('ChannelsDto', channels.body);
  });

  it('are documented in every part that a client draws', async () => {
    const account = await practice.api.signUp();
    const { body } = await practice.as(account).get('/v1/platforms').expect(200);
    const drawn = body.data.map(
      ({
        connect,
        settings,
        limits,
        capabilities,
        appearance,
        practice: network,
      }: object & Record<string, unknown>) => ({
        connect,
        settings,
        limits,
        capabilities,
        appearance,
        practice: network,
      }),
    );
    expect(drawn.flatMap((platform: object) => undocumented('PlatformDto', platform, schemas))).toEqual([]);
  });

  it('have a colour and a sign in one path', async () => {
    const account = await practice.api.signUp();
    const { body } = await practice.as(account).get('/v1/platforms').expect(200);
    for (const { id, appearance } of body.data) {
      expect({ id, ...appearance }).toEqual({
        id,
        color: expect.stringMatching(/^#[0-9a-f]{6}$/i),
        icon: expect.stringMatching(/^M[MmLlHhVvCcSsQqTtAaZz\d\s,.-]+$/),
      });
    }
  });

  it('are named in a refusal, by channel and page', async () => {
    const account = await practice.api.signUp();
    const { id } = await practice.connect(account);
    const { body } = await practice
      .as(account)
      .post(`/v1/workspaces/${account.workspaceId}/posts`)
      .send({ content: { text: 'x'.repeat(600) }, channels: [{ id }], schedule: 'now' })
      .expect(422);
    expect(body.errors).toMatchObject([{ channelId: id, docs: expect.any(String), verifiedOn: expect.any(String) }]);
    expectDocumented('Problem', body);
    expect(undocumented('Problem', body, schemas)).toEqual([]);
  });
});

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: unknown;
}

/** The paths of what an answer holds and its schema does not know: a generated client could not read it. */
function undocumented(name: string, answer: unknown, schemas: Record<string, Schema>): string[] {
  const known = (schema: Schema): Schema[] => [
    schema,
    ...(schema.$ref ? known(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : []),
    ...[...(schema.allOf ?? []), ...(schema.oneOf ?? [])].flatMap(known),
  ];
  const walk = (value: unknown, given: Schema[], path: string): string[] => {
    const all = given.flatMap(known);
    if (Array.isArray(value)) {
      const items = all.flatMap((schema) => schema.items ?? []);
      return value.flatMap((item, index) => walk(item, items, `${path}/${index}`));
    }
    if (typeof value !== 'object' || value === null) return all.length > 0 ? [] : [path];
    if (all.some((schema) => schema.additionalProperties)) return [];
    return Object.entries(value).flatMap(([key, part]) => {
      const found = all.flatMap((schema) => schema.properties?.[key] ?? []);
      return found.length > 0 ? walk(part, found, `${path}/${key}`) : [`${path}/${key}`];
    });
  };
  return walk(answer, [{ $ref: name }], name);
}
