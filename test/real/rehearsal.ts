import { type OAuthApp, type Platform, type PlatformContext, type Receipt } from '#platforms/core';
import {
  grantByConsent,
  MiniRunner,
  practiceDraft,
  type PracticeDraft,
  PracticeKit,
  type Subject,
} from '#platforms/testing';
import { consent } from '../support/people.js';

/** One account on a practice network, with which everything is done that its adapter can do. */
export interface Rehearsal {
  platform: Platform;
  app: OAuthApp;
  way?: string;
  /** What is published, by the name of the kind of post. */
  drafts(kit: PracticeKit): Promise<Record<string, PracticeDraft>>;
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
      await publishAndMore(kit, name, draft);
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

async function publishAndMore(kit: PracticeKit, name: string, draft: PracticeDraft): Promise<void> {
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
  if (edit && draft.draft.text !== '') {
    receipt = (await attempt(adapter.edit?.(kit.account(), receipt, 'Another text'))) ?? receipt;
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

function subjectOf({ platform, app, way }: Rehearsal): Subject {
  const connectThere = async (kit: PracticeKit) => {
    const { oauth } = kit.adapter;
    if (!oauth) throw new Error(`${platform.adapter.manifest.name} does not connect by a consent page.`);
    const strategy: typeof oauth.strategy = (input) => oauth.strategy({ ...input, ...(way !== undefined && { way }) });
    const approve = async (url: string) => (await consent(url)).href;
    const { endpoints } = kit.context();
    const grant = await grantByConsent({ oauth: { ...oauth, strategy }, app, endpoints, approve });
    return oauth.authorize(kit.context(), grant);
  };
  return { drafts: [], violations: [], preparesOverHttp: true, app, connect: connectThere };
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
