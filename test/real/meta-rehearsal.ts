import { type Json, type JsonObject, type OAuthApp, parseJson, type Platform } from '#platforms/core';
import { grantByConsent, MiniRunner, practiceDraft, type PracticeDraft, PracticeKit } from '#platforms/testing';
import { consent } from '../support/people.js';

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

/** One account on a practice network, with which everything is done that its adapter can do. */
export interface Rehearsal {
  platform: Platform;
  app: OAuthApp;
  way?: string;
  /** What is published, by the name of the kind of post. */
  drafts(kit: PracticeKit): Promise<Record<string, PracticeDraft>>;
}

/** The kinds of posts that went out, and all that was asked meanwhile. */
export interface Rehearsed {
  published: string[];
  heard: Heard[];
  /** Whose account it was, by the ids that the platform gave. */
  ids: { account: string; channel: string };
}

/** Connects, publishes, looks, comments, edits, deletes, disconnects: every call of the contract. */
export async function rehearse(rehearsal: Rehearsal): Promise<Rehearsed> {
  const heard: Heard[] = [];
  const kit = await openKit(rehearsal, heard);
  try {
    const { adapter } = kit;
    const published: string[] = [];
    for (const [name, draft] of Object.entries(await rehearsal.drafts(kit))) {
      const runner = new MiniRunner(kit, draft);
      const prepared = await runner.prepare();
      const ending = await runner.finish(prepared);
      if (ending.state !== 'published') throw new Error(`"${name}" ended ${JSON.stringify(ending)}`);
      published.push(name);
      await runner.reconcile(prepared);
      const { receipt } = ending;
      await comment(kit, draft, receipt);
      if (draft.draft.text !== '') await attempt(adapter.edit?.(kit.account(), receipt, 'Another text'));
      await attempt(adapter.remove?.(kit.account(), receipt));
      // What is prepared and not wanted any more.
      await adapter.discard?.(kit.account(), await new MiniRunner(kit, draft).prepare());
    }
    await adapter.usage?.(kit.account());
    const { account } = kit.authorization;
    const ids = { account: account.id, channel: kit.channel.id };
    kit.pass(25 * 3_600_000);
    await attempt(adapter.refresh?.(kit.account()));
    await attempt(adapter.revoke?.(kit.account()));
    return { published, heard, ids };
  } finally {
    await kit.close();
  }
}

async function openKit({ platform, app, way }: Rehearsal, heard: Heard[]): Promise<PracticeKit> {
  const connect = async (kit: PracticeKit) => {
    const { oauth } = kit.adapter;
    if (!oauth) throw new Error(`${platform.adapter.manifest.name} does not connect by a consent page.`);
    const strategy: typeof oauth.strategy = (input) => oauth.strategy({ ...input, ...(way !== undefined && { way }) });
    const approve = async (url: string) => (await consent(url)).href;
    const { endpoints } = kit.context();
    const grant = await grantByConsent({ oauth: { ...oauth, strategy }, app, endpoints, approve });
    return oauth.authorize(kit.context(), grant);
  };
  const subject = { drafts: [], violations: [], preparesOverHttp: true, app, connect };
  const kit = await PracticeKit.open(platform, subject);
  const plain = kit.context.bind(kit);
  const mount = `${kit.sandbox.origin}/${platform.adapter.manifest.id}/`;
  kit.context = () => ({
    ...plain(),
    ...(way !== undefined && { way }),
    fetch: listening(plain().fetch, mount, heard),
  });
  await kit.connect().catch(async (error: unknown) => {
    await kit.close();
    throw error;
  });
  return kit;
}

/** What an account may not do by the way it was connected, its adapter says itself: that is no matter of requests. */
async function attempt(call: Promise<unknown> | undefined): Promise<void> {
  await call?.catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'PlatformFailure') throw error;
  });
}

async function comment(kit: PracticeKit, { draft }: PracticeDraft, receipt: { id: string }): Promise<void> {
  if (draft.settings['format'] === 'story' || !kit.adapter.manifest.capabilities.firstComment) return;
  const below = practiceDraft({
    kind: 'comment',
    text: 'And one more thing',
    replyTo: { root: receipt, parent: receipt },
  });
  const runner = new MiniRunner(kit, below);
  const prepared = await runner.prepare();
  const ending = await runner.finish(prepared);
  if (ending.state !== 'published') throw new Error(`The first comment ended ${JSON.stringify(ending)}`);
  await runner.reconcile(prepared);
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
