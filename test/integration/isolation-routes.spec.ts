import { type Application } from 'express';
import { isInWorkspace, roleMay } from '#accounts';
import { registeredRoutes } from '../../apps/api/src/http/index.js';
import { type Description, type Operation, placesOf, readDescription, smallest } from '../fuzz/description.js';
import { type Answer, type CallerName, makeWorld, picture, send, type World } from '../fuzz/world.js';
import { PracticeApi } from '../support/practice-api.js';

/** Everything that answers whoever asks, by the name of its operation. A new one is thought about before it is added here. */
const PUBLIC = [
  ...['signUp', 'logIn', 'logOut', 'enterSecondFactor', 'getSignInOptions', 'startFacebookSignIn'],
  // Opened by what only a mail holds.
  ...['requestPasswordReset', 'resetPassword', 'verifyEmail', 'getInvitation', 'acceptInvitation'],
  // A platform sends the browser there; the single-use `state` says whose sign-in it is.
  ...['finishConnection', 'finishFacebookSignIn'],
  // Opened by a signed link that clients are given, which names its post: test/integration/review-links.spec.ts.
  ...['getReview', 'enterReviewPasscode', 'decideReview', 'commentReview'],
  ...['getReviewMediaContent', 'getReviewRenditionContent'],
  ...['getLiveness', 'getReadiness'],
  // A platform signs them with the secret of an app: test/integration/platform-callbacks.spec.ts.
  ...['requestDataDeletion', 'deauthorizeAccount', 'verifyWebhook', 'receiveWebhook'],
  // To programs on the same machine alone.
  'getMetrics',
];

/** Changes that a viewer may make: to what is theirs as a person, or to nothing at all. */
const FOR_VIEWERS = [
  ...['createApiKey', 'revokeApiKey', 'changePassword', 'resendVerification', 'endSession', 'endOtherSessions'],
  ...['beginSecondFactor', 'confirmSecondFactor', 'removeSecondFactor', 'renewRecoveryCodes', 'unlinkFacebook'],
  ...['createOrganization', 'switchOrganization', 'leaveOrganization', 'validatePost'],
  ...['createComment', 'updateComment', 'deleteComment'],
  ...['putNotificationPreferences', 'readNotification', 'readNotifications'],
  // One's own.
  ...['putAbsence', 'deleteAbsence'],
  // Of operators alone, whatever their role in an organization: test/integration/installation-apps.spec.ts.
  ...['putApp', 'deleteApp'],
];

/** What is served beside the described API: pages, the description itself, and the mails of an installation on one machine. */
const PAGES = /^\/(practice|media\/:token\/:name|deletion\/:code|v1\/openapi\.json|docs([-/.].*)?|outbox(\/.*)?)?$/;

/** Bodies that need more than their schema says. */
const BODIES: Readonly<Record<string, object>> = {};

const NOBODY = '01a2036f-adae-7159-8fd3-343c9959fe0e';
const UUID = /[\da-f]{8}-[\da-f-]{27}/g;

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

  /** Asks for something of the first organization, or for what is named, as well-formed as can be. */
  const ask = (
    as: CallerName,
    operation: Operation,
    { via = 'session', id }: { via?: 'session' | 'headers'; id?: string } = {},
  ): Promise<Answer> => {
    const { method, path, body } = operation;
    const real = (subject: string) => world.own.ids.get(subject)?.[0] ?? '';
    const ids = new Map(placesOf(path).map(({ name, subject }) => [name, id ?? real(subject)]));
    const query = new URLSearchParams(
      operation.parameters
        .filter((parameter) => parameter.in === 'query' && parameter.required)
        .map(({ name, schema }): [string, string] => [name, String(smallest(schema ?? {}, description.schemas))]),
    );
    const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids.get(name) ?? '');
    const form = new FormData();
    form.set('file', image, 'picture.png');
    const json = () => JSON.stringify(BODIES[operation.id] ?? smallest(body?.schema ?? {}, description.schemas));
    return send(world.url, method, query.size > 0 ? `${address}?${query.toString()}` : address, {
      headers: {
        ...world.callers.get(as)?.[via],
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
      const answer = await ask(as, operation);
      const isProblem = /^application\/problem\+json/.test(answer.headers.get('content-type') ?? '');
      if (answer.status !== status || !isProblem) answers.push(`${title(operation)}: ${answer.status} ${answer.text}`);
      if (status === 404) expect(answer.text).not.toContain(world.own.marker);
    }
    return answers;
  };

  it('is described, or is a page', () => {
    const routes = registeredRoutes(practice.api.app.getHttpAdapter().getInstance() as Application);
    const described = new Set(operations.map(({ path }) => path.replaceAll(/\{(\w+)\}/g, ':$1')));
    const strange = routes.map(({ path }) => path).filter((path) => !described.has(path) && !PAGES.test(path));
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
    // Not even the words differ from those about what is not there; with a key neither, which some routes do not take.
    for (const operation of named) {
      for (const via of ['session', 'headers'] as const) {
        const real = await ask('stranger', operation, { via });
        const none = await ask('stranger', operation, { via, id: NOBODY });
        const withoutIds = ({ status, text }: Answer) => `${status} ${text.replaceAll(UUID, '<id>')}`;
        expect(`${title(operation)}: ${withoutIds(real)}`).toBe(`${title(operation)}: ${withoutIds(none)}`);
      }
    }
  });

  it('in a workspace does not know what a member was not given', async () => {
    const there = operations.filter(
      (operation) =>
        namesAnId(operation) &&
        operation.permission &&
        isInWorkspace(operation.permission) &&
        // What is listed for an organization is narrowed to the caller's workspaces, and empty here.
        !operation.path.startsWith('/v1/organizations/{id}'),
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
      const { status } = await ask('owner', operation);
      // A calendar from and to the same instant is refused, but its workspace was found.
      if ([200, 422].includes(status)) placesOf(operation.path).forEach(({ subject }) => subjects.delete(subject));
    }
    expect([...subjects]).toEqual([]);
  });
});
