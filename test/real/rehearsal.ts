import { randomBytes, randomUUID } from 'node:crypto';
import { type Request } from 'express';
import { runStrategy } from '#channels';
import { type OAuthApp, type OAuthGrant, type Platform, type PlatformContext, type Receipt } from '#platforms/core';
import { MiniRunner, practiceDraft, type PracticeDraft, PracticeKit, type Subject } from '#platforms/testing';
import { consent } from '../support/people.js';

/** One account on a practice network, with which everything is done that its adapter can do. */
export interface Rehearsal {
  platform: Platform;
  app: OAuthApp;
  way?: string;
  /** Who signs in; whoever the consent page names where left out. */
  person?: string;
  /** What is published, by the name of the kind of post. */
  drafts(kit: PracticeKit): Promise<Record<string, PracticeDraft>>;
  /** Which of them nobody can edit: there it is not tried. */
  fixed?: readonly string[];
  /** Puts an ear between the adapter and its practice network. */
  listen(kit: PracticeKit): Promise<Listener>;
  /** What is done beside, before the account is given back: what is refused, and whatever only this platform has. */
  beside?(kit: PracticeKit): Promise<void>;
}

/** What hears what an adapter says. */
export interface Listener {
  /** The context by which it is heard. */
  hear(context: PlatformContext): PlatformContext;
  close?(): Promise<void>;
}

/** The kinds of posts that went out. */
export interface Rehearsed {
  published: string[];
  /** Whose account it was, by the ids that the platform gave. */
  ids: { account: string; channel: string };
}

/** Connects, publishes, looks, comments, edits, deletes, disconnects: every call of the contract. */
export async function rehearse(rehearsal: Rehearsal): Promise<Rehearsed> {
  const kit = await PracticeKit.open(rehearsal.platform, subjectOf(rehearsal));
  let listener: Listener | undefined;
  try {
    listener = await rehearsal.listen(kit);
    await connect(kit, rehearsal, listener);
    const { adapter } = kit;
    const published: string[] = [];
    for (const [name, draft] of Object.entries(await rehearsal.drafts(kit))) {
      await staySignedIn(kit);
      await publishAndMore(kit, name, draft, rehearsal.fixed?.includes(name) ?? false);
      published.push(name);
    }
    await rehearsal.beside?.(kit);
    await adapter.usage?.(kit.account());
    const ids = { account: kit.authorization.account.id, channel: kit.channel.id };
    kit.pass(25 * 3_600_000);
    await renew(kit);
    await attempt(adapter.revoke?.(kit.account()));
    return { published, ids };
  } finally {
    await listener?.close?.();
    await kit.close();
  }
}

/** Long before a sign-in ends it is renewed, as the engine does it. */
async function staySignedIn(kit: PracticeKit): Promise<void> {
  const { expiresAt } = kit.authorization;
  if (expiresAt && expiresAt.getTime() - kit.now().getTime() < RENEW_AHEAD_MS) await renew(kit);
}

const RENEW_AHEAD_MS = 3_600_000;

async function renew(kit: PracticeKit): Promise<void> {
  const renewed = await attempt(kit.adapter.refresh?.(kit.account()));
  if (renewed) kit.authorization = { ...kit.authorization, ...renewed };
}

async function publishAndMore(kit: PracticeKit, name: string, draft: PracticeDraft, isFixed: boolean): Promise<void> {
  const { adapter } = kit;
  const runner = new MiniRunner(kit, draft);
  const prepared = await runner.prepare();
  const ending = await runner.finish(prepared);
  if (ending.state !== 'published') throw new Error(`"${name}" ended ${JSON.stringify(ending)}`);
  await runner.reconcile(prepared);
  let { receipt } = ending;
  const isStory = draft.draft.settings['format'] === 'story';
  const { thread, firstComment, edit } = { ...adapter.manifest.capabilities, ...kit.channel.capabilities };
  if (!isStory && firstComment) await publishBelow(kit, 'comment', receipt);
  if (!isStory && thread) await publishBelow(kit, 'reply', receipt);
  if (edit && !isFixed && draft.draft.text !== '') {
    written += 1;
    receipt = (await attempt(adapter.edit?.(kit.account(), receipt, `Another text, the ${written}th`))) ?? receipt;
  }
  await attempt(adapter.remove?.(kit.account(), receipt));
  // What is prepared and not wanted any more.
  await adapter.discard?.(kit.account(), await new MiniRunner(kit, draft).prepare());
}

async function publishBelow(kit: PracticeKit, kind: 'comment' | 'reply', above: Receipt): Promise<void> {
  written += 1;
  const text = `And one more thing, the ${written}th`;
  const runner = new MiniRunner(kit, practiceDraft({ kind, text, replyTo: { root: above, parent: above } }));
  const prepared = await runner.prepare();
  const ending = await runner.finish(prepared);
  if (ending.state !== 'published') throw new Error(`The ${kind} ended ${JSON.stringify(ending)}`);
  await runner.reconcile(prepared);
}

/** Some platforms take no text twice. */
let written = 0;

function subjectOf(rehearsal: Rehearsal): Subject {
  const connectThere = async (kit: PracticeKit) => {
    const { oauth } = kit.adapter;
    if (!oauth) throw new Error(`${kit.adapter.manifest.name} does not connect by a consent page.`);
    return oauth.authorize(kit.context(), await grantOf(kit, rehearsal));
  };
  return { drafts: [], violations: [], preparesOverHttp: true, app: rehearsal.app, connect: connectThere };
}

const CALLBACK_URL = 'http://127.0.0.1/callback';
const PATIENCE_MS = 10_000;

/** Through the consent page as the bridge leads people there, with its state and its proof key. */
async function grantOf(kit: PracticeKit, { app, way, person }: Rehearsal): Promise<OAuthGrant> {
  const { adapter } = kit;
  const grants: OAuthGrant[] = [];
  const strategy = adapter.oauth?.strategy({
    ...{ app, callbackUrl: CALLBACK_URL, endpoints: kit.context().endpoints, verify: (grant) => grants.push(grant) },
    ...(way !== undefined && { way }),
  });
  if (!strategy) throw new Error(`${adapter.manifest.name} has no strategy.`);
  const codeVerifier = randomBytes(48).toString('base64url');
  const pass = (query: object, state?: string) => {
    const request = { query, url: '/callback', headers: {}, connection: {}, body: {} } as unknown as Request;
    return runStrategy(strategy, request, { codeVerifier, ...(state !== undefined && { state }) }, PATIENCE_MS);
  };
  const start = await pass({}, randomUUID());
  if (start.type !== 'redirect') throw new Error(`Connecting began with ${JSON.stringify(start)}`);
  const back = await consent(start.url, person);
  const end = await pass(Object.fromEntries(back.searchParams));
  const [grant] = grants;
  if (end.type !== 'success' || !grant) throw new Error(`Connecting ended with ${JSON.stringify(end)}`);
  return grant;
}

async function connect(kit: PracticeKit, { way }: Rehearsal, listener: Listener): Promise<void> {
  const plain = kit.context.bind(kit);
  kit.context = () => listener.hear({ ...plain(), ...(way !== undefined && { way }) });
  await kit.connect();
}

/** What an account may not do by the way it was connected, its adapter says itself: that is no matter of requests. */
export async function attempt<T>(call: Promise<T> | undefined): Promise<T | undefined> {
  return call?.catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'PlatformFailure') throw error;
    return undefined;
  });
}
