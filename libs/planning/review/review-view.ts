import { type ChannelRecord, differencesOf } from '#channels';
import { type MediaAssetRecord } from '#media';
import {
  capabilitiesFor,
  type FormField,
  type JsonObject,
  limitsFor,
  type LookedUp,
  lookedUpOf,
  type Mark,
  marksOf,
  type PlatformLimits,
  type PlatformManifest,
  textsOf,
} from '#platforms/core';
import { type PublicationContent, type PublicationRecord, type SegmentContent } from '#publishing';
import { type ApprovalView } from '../approvals/approval-view.js';
import { type StepState, type Verdict } from '../approvals/progress.js';
import { type ClientCommentView } from '../comments/index.js';
import { type Change } from '../revisions/changes.js';
import { settingWords } from '../setting-words.js';
import { type ReviewLinkRecord } from './review-link-store.js';
import { mediaView, type ReviewMedia, type SentRenditions } from './review-media.js';

/** One message that a channel gets. */
export interface ReviewSegment {
  kind: SegmentContent['kind'];
  text: string;
  link: string | null;
  media: ReviewMedia[];
}

/** An answer to the platform's form for posts. */
export interface ReviewSetting {
  name: string;
  label: string;
  /** As it was entered, to be drawn. */
  value: string | number | boolean | string[] | Mark[] | LookedUp;
  /** The value as people read it. */
  shown: string;
}

/** What a channel gets, and what is needed to draw it as its network will. */
export interface ReviewChannel {
  id: string;
  name: string;
  handle: string | null;
  practice: boolean;
  platform: { id: string; name: string; appearance: PlatformManifest['appearance'] };
  limits: PlatformLimits;
  supports: { thread: boolean; firstComment: boolean };
  /** Names of settings of the network that this channel does not have. */
  withoutSettings: string[];
  settings: ReviewSetting[];
  segments: ReviewSegment[];
  /** When it goes out there; null = not scheduled. */
  due: { at: Date; timeZone: string } | null;
  /** Null = nobody sees it there yet. */
  published: { at: Date | null; permalink: string | null; note: string | null } | null;
}

/** How the approval stands for this client. */
export interface ReviewApproval {
  state: ApprovalView['state'];
  steps: { name: string; state: StepState }[];
  /** The client is asked now. */
  waitedFor: boolean;
  /** The same: what is decided now would count. */
  mayDecide: boolean;
  /** Also after they approved. */
  mayRequestChanges: boolean;
  /** Why there is nothing to decide; null where there is. */
  reason: string | null;
  /** What this client decided before, oldest first. */
  decisions: { at: Date; decision: Verdict; comment: string | null; revision: number; counts: boolean }[];
}

/** All that a client sees by a review link. */
export interface ReviewView {
  organization: string;
  workspace: string;
  client: { name: string | null; email: string | null };
  expiresAt: Date;
  /** Who asked for the approval. */
  askedBy: string | null;
  post: {
    id: string;
    revision: number;
    /** A decision names it. */
    contentHash: string;
    channels: ReviewChannel[];
  };
  approval: ReviewApproval;
  /** What is different from a revision that the client saw before; null where none was named that they can have seen. */
  changes: { since: number; list: Change[] } | null;
  comments: ClientCommentView[];
}

/** A channel as it is read for a review. */
export interface ReviewChannelRecord {
  id: string;
  platform: string;
  practice: boolean;
  name: string;
  handle: string | null;
  limits: PlatformLimits | null;
  capabilities: ChannelRecord['capabilities'];
  without_settings: ChannelRecord['without_settings'];
}

/** Of one channel: what it gets, and what became of it. */
export interface ChannelParts {
  channel: ReviewChannelRecord;
  manifest: PlatformManifest;
  content: PublicationContent;
  publication: PublicationRecord | undefined;
  media: ReadonlyMap<string, MediaAssetRecord>;
  /** Versions that publications of the post send. */
  renditions: SentRenditions;
}

/** What a client sees of a channel. */
export function channelView(parts: ChannelParts): ReviewChannel {
  const { channel, manifest, content, publication } = parts;
  const { id, name, appearance } = manifest;
  const { thread, firstComment } = capabilitiesFor(manifest, content.settings, differencesOf(channel));
  const isPublished = publication?.state === 'published';
  return {
    id: channel.id,
    name: channel.name,
    handle: channel.handle,
    practice: channel.practice,
    platform: { id, name, appearance },
    limits: limitsFor(manifest, channel.limits ?? manifest.limits, content.settings),
    supports: { thread, firstComment },
    withoutSettings: [...channel.without_settings],
    settings: settingsView(manifest, content.settings),
    segments: content.segments.map((segment) => segmentView(segment, parts)),
    due: publication ? { at: publication.due_at, timeZone: publication.time_zone } : null,
    published: isPublished
      ? { at: publication.published_at, permalink: publication.permalink, note: publication.note }
      : null,
  };
}

function settingsView({ settings: fields }: PlatformManifest, values: JsonObject): ReviewSetting[] {
  return fields.flatMap((field) => {
    const { name, label, type } = field;
    const value = values[name];
    if (value === undefined || value === null || type === 'secret') return [];
    const shown = settingWords(field, values);
    return shown === '' ? [] : [{ name, label, value: enteredSetting(field, values) ?? shown, shown }];
  });
}

/** A setting as it was entered; undefined where it is nothing that its field takes. */
function enteredSetting({ name, type }: FormField, values: JsonObject): ReviewSetting['value'] | undefined {
  const value = values[name];
  switch (type) {
    case 'texts':
      return textsOf(values, name);
    case 'marks':
      return marksOf(values, name).map(({ media, x, y, text }) => ({ media, x, y, text }));
    case 'lookup': {
      const chosen = lookedUpOf(values, name);
      return chosen && { value: chosen.value, label: chosen.label };
    }
    case 'boolean':
    case 'consent':
    case 'date':
    case 'time':
    case 'text':
    case 'url':
    case 'secret':
    case 'select':
    case 'number':
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
  }
}

function segmentView(
  { kind, text, link, media }: SegmentContent,
  { media: assets, renditions }: ChannelParts,
): ReviewSegment {
  const shown = media.flatMap((file) => {
    const asset = assets.get(file.assetId);
    return asset ? [mediaView(file, asset, renditions)] : [];
  });
  return { kind, text, link: link ?? null, media: shown };
}

/** @param isOut nothing of the post waits for a decision any more */
export function approvalFor(
  { state, steps, decisions }: ApprovalView,
  { email }: Pick<ReviewLinkRecord, 'email'>,
  isOut: boolean,
): ReviewApproval {
  const isMe = ({ type, id }: { type: string; id: string }) => type === 'client' && id === email;
  const waitedFor = !isOut && steps.some(({ waitingFor }) => waitingFor.some(isMe));
  const hasApproved = steps.some(({ approvedBy }) => approvedBy.some(isMe));
  return {
    state,
    steps: steps.map((step) => ({ name: step.name, state: step.state })),
    waitedFor,
    mayDecide: waitedFor,
    mayRequestChanges: waitedFor || (hasApproved && !isOut && state !== 'changes-requested'),
    reason: waitedFor ? null : reasonOf(state, { isOut, isNobody: email === null, hasApproved }),
    decisions: decisions
      .filter(({ by }) => isMe(by))
      .map(({ at, decision, comment, revision, counts }) => ({ at, decision, comment, revision, counts })),
  };
}

function reasonOf(
  state: ApprovalView['state'],
  { isOut, isNobody, hasApproved }: { isOut: boolean; isNobody: boolean; hasApproved: boolean },
): string {
  if (isOut) return 'It is out, or on its way: there is nothing left to decide.';
  if (isNobody) return 'This link is for looking and commenting. It names nobody who decides.';
  switch (state) {
    case 'none':
      return 'Nobody has asked for an approval of this post yet.';
    case 'changes-requested':
      return 'Changes were asked for. The next version can be approved again.';
    case 'approved':
      return hasApproved ? 'You have approved this version.' : 'This version is approved.';
    case 'pending':
      return hasApproved ? 'You have approved this version.' : 'At the moment it is for others to decide.';
  }
}

/** Other clients are nobody's business, nor are their addresses. */
export function withoutAddresses(comment: ClientCommentView, own: string): ClientCommentView {
  const known = (name: string) => (name.includes('@') && name !== own ? 'Another client' : name);
  return {
    ...comment,
    author: { ...comment.author, name: known(comment.author.name) },
    resolvedBy: comment.resolvedBy && { ...comment.resolvedBy, name: known(comment.resolvedBy.name) },
    replies: comment.replies.map((reply) => withoutAddresses(reply, own)),
  };
}
