import { Problem } from '#kernel';
import {
  capabilitiesFor,
  type ChannelDifferences,
  formatOf,
  limitsFor,
  type PlatformAdapter,
  type PlatformLimits,
  type PlatformManifest,
  type Receipt,
  type SegmentDraft,
  sentText,
} from '#platforms/core';
import { type PublicationContent } from '../rules/index.js';
import { type PublicationRecord, type SegmentRecord } from '../store/index.js';

/** What can be done to a post that is published. */
export type PublishedChange = 'remove' | 'edit';

/** What a change of a published post depends on. */
interface ChangeFacts {
  record: Pick<PublicationRecord, 'id' | 'state' | 'removed_at' | 'content'>;
  /** How many of its messages ClickPost knows by the platform's id. */
  visible: number;
  adapter: Pick<PlatformAdapter, 'manifest' | 'validate' | PublishedChange>;
  /** Of the channel. */
  limits: PlatformLimits;
  differences: ChannelDifferences;
  /** The new one, of an edit. */
  text?: string;
}

/** Why a published post cannot be changed, if anything is against it. Pure. */
export function refusesChange(
  what: PublishedChange,
  { record, visible, adapter, limits, differences, text }: ChangeFacts,
): Problem | undefined {
  const { state } = record;
  const { manifest } = adapter;
  const extra = { state, publicationId: record.id };
  const refuse = (rule: string, message: string, remedy: string) =>
    Problem.conflict(message, { errors: [{ field: 'id', rule, message, remedy }], extra });
  const verb = what === 'remove' ? 'removed' : 'edited';
  if (state !== 'published') {
    const remedy = 'Wait until it is published, or change the post itself.';
    return refuse(
      'not-published',
      `Only a published post can be ${verb} at the platform; this one is ${state}.`,
      remedy,
    );
  }
  if (record.removed_at) {
    return refuse('removed', 'This post was removed from the platform.', 'Publish it again as a new post.');
  }
  const { settings } = record.content;
  if (!capabilitiesFor(manifest, settings, differences)[what] || !adapter[what]) {
    const format = formatOf(manifest, settings);
    const which = capabilitiesFor(manifest, {}, differences)[what] && format ? ` of the format "${format.label}"` : '';
    const message = `On ${manifest.name}, ClickPost cannot have a post${which} ${verb}.`;
    return refuse(`${manifest.id}.${what}-unsupported`, message, `Do it on ${manifest.name} itself.`);
  }
  if (visible === 0) {
    const message = `A person said that this post is published, so ClickPost does not know its id on ${manifest.name}.`;
    return refuse('unknown-object', message, `Do it on ${manifest.name} itself.`);
  }
  return text === undefined ? undefined : refusesText(adapter, limits, record.content, text);
}

/** The rules about the text alone: everything else is out already. */
function refusesText(
  adapter: Pick<PlatformAdapter, 'manifest' | 'validate'>,
  limits: PlatformLimits,
  content: PublicationContent,
  text: string,
): Problem | undefined {
  const draft = draftOf(content, text);
  const broken = adapter
    .validate(draft, limitsFor(adapter.manifest, limits, content.settings))
    .filter(({ field }) => field === 'text');
  if (broken.length === 0) return undefined;
  return Problem.validation(broken.map(({ rule, field, message, remedy }) => ({ rule, field, message, remedy })));
}

/** A new text as it is sent: with the link behind it where the platform has no field for one. */
export function editedText(
  manifest: PlatformManifest,
  limits: PlatformLimits,
  content: PublicationContent,
  text: string,
): string {
  return sentText(draftOf(content, text), limitsFor(manifest, limits, content.settings).text);
}

/** The post itself with another text. Of its files only that they are there, and how they are described. */
function draftOf({ segments: [first], settings }: PublicationContent, text: string): SegmentDraft {
  const media = (first?.media ?? []).map(({ kind, digest, altText }) => ({
    ...{ kind, digest, contentType: '', bytes: 0, width: 0, height: 0 },
    ...(altText !== undefined && { altText }),
  }));
  return { kind: 'post', text, ...(first?.link !== undefined && { link: first.link }), media, settings };
}

/** What the platform said when it became visible. */
export function receiptOf(segment: SegmentRecord): Receipt {
  const { platform_object_id: id, platform_reference: extra, permalink } = segment;
  if (id === null) throw new Error(`Segment ${segment.id} has no object at the platform.`);
  return { id, ...(extra && { extra }), ...(permalink !== null && { permalink }) };
}
