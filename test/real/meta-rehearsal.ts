import { type Json, type JsonObject, parseJson } from '#platforms/core';
import { rehearse, type Rehearsal, type Rehearsed } from './rehearsal.js';

/** A request that an adapter made to its practice network, with what it was answered. */
export interface Heard {
  method: string;
  /** The endpoint's name in the manifest. */
  host: string;
  /** The parts of the path behind it. */
  path: string[];
  parameters: Readonly<Record<string, string>>;
  answer: Json | undefined;
}

/** Does everything that an adapter can do, and answers what was asked meanwhile. */
export async function rehearseOnMeta(
  rehearsal: Omit<Rehearsal, 'listen' | 'beside'>,
): Promise<Rehearsed & { heard: Heard[] }> {
  const heard: Heard[] = [];
  const rehearsed = await rehearse({
    ...rehearsal,
    listen: async ({ sandbox, adapter }) => {
      const mount = `${sandbox.origin}/${adapter.manifest.id}/`;
      return { hear: (context) => ({ ...context, fetch: listening(context.fetch, mount, heard) }) };
    },
  });
  return { ...rehearsed, heard };
}

/** A fetch that keeps what was asked of the practice network, and what came back. */
function listening(send: typeof fetch, mount: string, heard: Heard[]): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const parameters = await parametersOf(request.clone());
    const answer = await send(request);
    const { origin, pathname } = new URL(request.url);
    const [host = '', ...path] = `${origin}${pathname}`.slice(mount.length).split('/');
    const answered = answer.ok ? parseJson(await answer.clone().text()) : undefined;
    heard.push({ method: request.method, host, path, parameters, answer: answered as Json | undefined });
    return answer;
  };
}

async function parametersOf(request: Request): Promise<Record<string, string>> {
  const given: [string, string][] = [...new URL(request.url).searchParams];
  const type = request.headers.get('content-type') ?? '';
  if (/urlencoded|multipart/.test(type)) {
    const form = await request.formData();
    for (const [name, value] of form) given.push([name, typeof value === 'string' ? value : '(a file)']);
  }
  if (type.includes('json')) {
    const body: JsonObject = JSON.parse(await request.text());
    for (const [name, value] of Object.entries(body)) given.push([name, JSON.stringify(value)]);
  }
  return Object.fromEntries(given);
}
