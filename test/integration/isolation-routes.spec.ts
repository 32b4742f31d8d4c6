import { type Application } from 'express';
import { isInWorkspace, roleMay } from '#accounts';
import { registeredRoutes } from '../../apps/api/src/http/index.js';
import { type Description, type Operation, placesOf, readDescription, smallest } from '../fuzz/description.js';
import { type Answer, type CallerName, makeWorld, picture, send, type Tenant, type World } from '../fuzz/world.js';
import { PracticeApi } from '../support/practice-api.js';

/** Everything that answers whoever asks, by the name of its operation. A new one is thought about before it is added here. */
const PUBLIC = [
  'signUp',
  'logIn',
  'logOut',
  // A platform sends the browser there; the single-use `state` says whose connection it is.
  'finishConnection',
  'getLiveness',
  'getReadiness',
  // To programs on the same machine alone.
  'getMetrics',
];

/** Changes that a viewer may make: to what is theirs, or to nothing at all. */
const FOR_VIEWERS = ['createApiKey', 'revokeApiKey', 'validatePost'];

/** What is served beside the described API: pages, and the description itself. */
const PAGES = ['/', '/practice', '/v1/openapi.json', '/docs'];

/** Bodies that need more than their schema says. */
const BODIES: Readonly<Record<string, object>> = {};

describe('every route', () => {
  let practice: PracticeApi;
  let world: World;
  let description: Description;
  let operations: Operation[];
  let image: Blob;
  beforeAll(async () => {
    practice = await PracticeApi.start();
    const { url } = practice.api;
    description = await readDescription(url);
    ({ operations } = description);
    image = new Blob([new Uint8Array(await picture())], { type: 'image/png' });
    world = await makeWorld(url, practice.owner, description);
  });
  afterAll(() => practice?.close());

  /** Asks for something of a tenant, as well-formed as can be. */
  const ask = (as: CallerName, operation: Operation, of: Tenant): Promise<Answer> => {
    const { method, path, body } = operation;
    const ids = new Map(placesOf(path).map(({ name, subject }) => [name, of.ids.get(subject)?.[0] ?? '']));
    const query = new URLSearchParams(
      operation.parameters
        .filter((parameter) => parameter.in === 'query' && parameter.required)
        .map(({ name, schema }) => [name, String(smallest(schema ?? {}, description.schemas))]),
    );
    const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids.get(name) ?? '');
    const form = new FormData();
    form.set('file', image, 'picture.png');
    const json = () => JSON.stringify(BODIES[operation.id] ?? smallest(body?.schema ?? {}, description.schemas));
    return send(world.url, method, query.size > 0 ? `${address}?${query.toString()}` : address, {
      headers: {
        ...world.callers.get(as)?.headers,
        'if-match': '"1"',
        ...(body?.type === 'json' && { 'content-type': 'application/json' }),
      },
      ...(body && { body: body.type === 'json' ? json() : form }),
    });
  };

  const title = ({ method, path }: Operation) => `${method} ${path}`;
  const isChange = ({ method }: Operation) => method !== 'GET';
  const namesAnId = ({ path }: Operation) => placesOf(path).some(({ subject }) => /Id?\}$|\{id\}$/.test(subject));

  /** What every one of these operations answered to somebody, where it was not what it should be. */
  const others = async (as: CallerName, asked: readonly Operation[], status: number) => {
    expect(asked.length).toBeGreaterThan(0);
    const answers = [];
    for (const operation of asked) {
      const answer = await ask(as, operation, world.own);
      const isProblem = /^application\/problem\+json/.test(answer.headers.get('content-type') ?? '');
      if (answer.status !== status || !isProblem) answers.push(`${title(operation)}: ${answer.status} ${answer.text}`);
      if (status === 404) expect(answer.text).not.toContain(world.own.marker);
    }
    return answers;
  };

  it('is described, or is a page', () => {
    const routes = registeredRoutes(practice.api.app.getHttpAdapter().getInstance() as Application);
    const described = new Set(operations.map(({ path }) => path.replaceAll(/\{(\w+)\}/g, ':$1')));
    const strange = routes
      .map(({ path }) => path)
      .filter((path) => !described.has(path) && !PAGES.some((page) => path === page || /^\/docs[-/.]/.test(path)));
    expect(strange).toEqual([]);
    expect(operations.length).toBeGreaterThan(45);
  });

  it('is public by name, or says which permission it needs', () => {
    const open = operations.filter(({ isPublic }) => isPublic).map(({ id }) => id);
    expect(open.sort()).toEqual([...PUBLIC].sort());
    const silent = operations.filter(({ isPublic, permission }) => !isPublic && permission === undefined);
    expect(silent.map(title)).toEqual([]);
  });

  it('is closed to whoever has not signed in, unless it is public', async () => {
    const closed = operations.filter(({ id }) => !PUBLIC.includes(id));
    expect(await others('nobody', closed, 401)).toEqual([]);
  });

  it('with an id does not know what belongs to another organization', async () => {
    const named = operations.filter((operation) => !operation.isPublic && namesAnId(operation));
    expect(named.length).toBeGreaterThan(30);
    expect(await others('stranger', named, 404)).toEqual([]);
  });

  it('in a workspace does not know what a member was not given', async () => {
    const there = operations.filter(
      (operation) => namesAnId(operation) && operation.permission && isInWorkspace(operation.permission),
    );
    expect(await others('elsewhere', there, 404)).toEqual([]);
    expect(await others('member', there, 404)).toEqual([]);
  });

  it('that changes something is closed to a viewer, unless it is theirs', async () => {
    const mine = operations.filter(({ id }) => FOR_VIEWERS.includes(id));
    expect(mine).toHaveLength(FOR_VIEWERS.length);
    const may = (operation: Operation) =>
      operation.permission !== undefined &&
      (roleMay('viewer', operation.permission) || roleMay('member', operation.permission));
    const changes = operations.filter((operation) => !operation.isPublic && isChange(operation));
    expect(
      changes
        .filter(may)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...FOR_VIEWERS].sort());
    expect(
      await others(
        'viewer',
        changes.filter((operation) => !may(operation)),
        403,
      ),
    ).toEqual([]);
  });

  it('knows these ids when their owner asks', async () => {
    const reads = operations.filter((operation) => !isChange(operation) && namesAnId(operation) && !operation.isPublic);
    const subjects = new Set(reads.flatMap(({ path }) => placesOf(path).map(({ subject }) => subject)));
    expect(subjects.size).toBeGreaterThan(5);
    for (const operation of reads) {
      const { status } = await ask('owner', operation, world.own);
      // A calendar from and to the same instant is refused, but its workspace was found.
      expect({ asked: title(operation), known: [200, 422].includes(status), status }).toMatchObject({ known: true });
    }
  });
});
