import {
  type Capabilities,
  capabilitiesFor,
  type PlatformAdapter,
  type PlatformManifest,
  type SegmentDraft,
  type VisiblePost,
} from '#platforms/core';
import { type PracticeDraft } from '../drafts.js';
import { type PracticeKit, type Subject } from '../kit.js';
import { type Ending, type MiniRunner } from '../runner.js';

/** The draft that is used where any will do. */
export function anyDraft(subject: Subject): PracticeDraft {
  const [first] = subject.drafts;
  if (!first) throw new Error('The suite needs at least one draft.');
  return first;
}

/** The draft with the most to prepare. */
export function richDraft(subject: Subject): PracticeDraft {
  return subject.drafts.at(-1) ?? anyDraft(subject);
}

/** The first draft of a format that can do this. */
export function draftThat(
  { manifest }: PlatformAdapter,
  { drafts }: Subject,
  capability: keyof Capabilities,
): PracticeDraft {
  const found = drafts.find(({ draft }) => capabilitiesFor(manifest, draft.settings)[capability]);
  if (!found) throw new Error(`The suite needs a draft of a format that can do this: ${capability}.`);
  return found;
}

/** The one visible post. Fails when there is none, or more than one. */
export function onlyVisible(kit: PracticeKit): VisiblePost {
  const posts = kit.sandbox.visible(kit.adapter.manifest.id);
  expect(posts).toHaveLength(1);
  return posts[0] as VisiblePost;
}

/** That a post shows the draft: text, link, and each image with its bytes and description. */
export function expectShown(post: VisiblePost, draft: SegmentDraft, subject: Subject): void {
  const shown = subject.shown?.(draft) ?? { text: draft.text, ...(draft.link !== undefined && { link: draft.link }) };
  // Not as coarsely as an API tells it, or a post of a second looks as if it had been out before its time.
  expect(post.at).toMatch(/T\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect({ text: post.text, link: post.link }).toEqual({ text: shown.text, link: shown.link });
  const images = (media: readonly { digest: string; altText?: string }[]) =>
    media.map(({ digest, altText }) => ({ digest, altText: altText ?? '' }));
  expect(images(post.media)).toEqual(images(draft.media));
}

/** Whether an unknown outcome can be cleared up at all. */
export function clears({ reconcile }: PlatformManifest): boolean {
  return reconcile.method !== 'none';
}

/** The end that the platform's way of reconciling allows: published exactly once, or unconfirmed where nothing can be known. */
export function expectOnce(kit: PracticeKit, ending: Ending, runner: MiniRunner, acceptedAtOnce: boolean): void {
  const { manifest } = kit.adapter;
  if (ending.state === 'failed') {
    throw new Error(
      `The manifest lists ${ending.failure.platformCode} as a refusal without effect, yet it was sent after the fact. ` +
        'Take it off the list, or have the sandbox\'s refusal("bad-request") answer with a code that is not listed.',
    );
  }
  if (!clears(manifest)) {
    expect(ending.state).toBe('unconfirmed');
    expect(kit.visibleIds()).toHaveLength(acceptedAtOnce ? 1 : 0);
    return;
  }
  if (ending.state !== 'published') throw new Error(`It ended unconfirmed: ${JSON.stringify(ending.looked)}`);
  expect(kit.visibleIds()).toEqual([ending.receipt.id]);
  expect(runner.refusals).toHaveLength(1);
  const looks = manifest.reconcile.method !== 'repeat';
  // What was accepted is found, not sent again; what was not accepted is sent again.
  expect(ending.reconciled).toBe(looks && acceptedAtOnce);
}
