import { PlatformRegistry } from '#platforms';
import { type Platform, type PlatformSandbox, type SandboxRequest, type SandboxWorld } from '#platforms/core';

const REFUSALS = { auth: 401, 'rate-limit': 429, unavailable: 503, 'bad-request': 400, content: 422 } as const;

/** The smallest platform there can be: one account, short notes, files. */
const sandbox: PlatformSandbox = {
  routes: (world) => [
    { method: 'POST', path: '/notes', operation: 'commit', handle: (request) => create(world, request) },
    {
      method: 'GET',
      path: '/notes/:id',
      operation: 'read',
      handle: ({ params }) => {
        const text = world.collection<string>('notes').get(params['id'] ?? '');
        return text === undefined ? { status: 404, body: { error: 'gone' } } : { status: 200, body: { text } };
      },
    },
    {
      method: 'DELETE',
      path: '/notes/:id',
      operation: 'remove',
      handle: ({ params }) => {
        world.collection('notes').delete(params['id'] ?? '');
        world.hide('ann', params['id'] ?? '');
        return { status: 204 };
      },
    },
    {
      method: 'POST',
      path: '/echo',
      operation: 'prepare',
      handle: ({ json, form, files, parts, body, query, ...request }) => ({
        status: 200,
        body: {
          json,
          form: { ...form },
          tags: request.formAll('tag'),
          files: files.map(({ field, filename, contentType, bytes }) => [field, filename, contentType, bytes]),
          parts: [...parts],
          bytes: body.bytes,
          query: { ...query },
        },
      }),
    },
    {
      method: 'GET',
      path: '/broken',
      operation: 'read',
      handle: () => {
        throw new Error('a bug in the handler');
      },
    },
  ],
  refusal: (kind, retryAfterSeconds) => ({
    status: REFUSALS[kind],
    ...(retryAfterSeconds !== undefined && { headers: { 'retry-after': String(retryAfterSeconds) } }),
    body: { error: kind },
  }),
};

function create(world: SandboxWorld, request: SandboxRequest) {
  const notes = world.collection<string>('notes');
  const id = String(notes.entries().length + 1);
  const given = request.json['text'];
  const text = typeof given === 'string' ? given : (request.form['text'] ?? '');
  const media = request.files.map((file) => ({
    contentType: file.contentType,
    bytes: file.bytes,
    altText: request.form['alt'] ?? '',
    digest: world.keep(file, file.contentType),
  }));
  notes.set(id, text);
  world.show({ platform: 'notes', account: 'ann', id, text, media, at: world.now().toISOString() });
  return { status: 201, body: { id } };
}

/** A registry with this one platform. The host needs nothing of its adapter but the id. */
export const notesRegistry = new PlatformRegistry([
  { adapter: { manifest: { id: 'notes' } }, sandbox: async () => sandbox } as unknown as Platform,
]);
