import { type ChannelRules, ChannelsService } from '#channels';
import { type FieldError, type Transaction } from '#kernel';
import { type MediaAssetRecord, MediaLibrary } from '#media';
import { PlatformRegistry } from '#platforms';
import {
  type FormField,
  isAsked,
  isLookedUp,
  isMark,
  type JsonObject,
  type Mark,
  type PlatformManifest,
  type Violation,
} from '#platforms/core';
import { type PublicationContent, type SegmentContent } from '#publishing';
import { Injectable } from '@nestjs/common';
import { type ChannelTarget, mediaLists, type PostContent, segmentsFor, type WrittenSegment } from './post-content.js';
import { type AttachmentPlan, attachmentPlan, choiceErrors, planFile } from './preflight-media.js';

/** A broken rule and the channel that has it. */
export interface ChannelViolation extends Violation {
  channelId: string;
}

/** What each channel would be sent, and every rule that stands against it. */
export interface Preflight {
  /** By channel id; complete only when `errors` is empty. */
  contents: Map<string, PublicationContent>;
  errors: (FieldError & Partial<Pick<ChannelViolation, 'channelId' | 'docs' | 'verifiedOn'>>)[];
  /** What is done to each file for each channel, refusals included. */
  media: AttachmentPlan[];
}

/** The channel whose rules are applied. */
interface Place {
  channelId: string;
  /** Where its target stands in the request: `channels/0/`. */
  path: string;
  rules: ChannelRules;
  settings: JsonObject;
}

/** Turns a post into what each channel is sent, and checks it against the channel's own limits. */
@Injectable()
export class PreflightService {
  constructor(
    private readonly channels: ChannelsService,
    private readonly media: MediaLibrary,
    private readonly registry: PlatformRegistry,
  ) {}

  /** Every broken rule of every channel at once. */
  async check(tx: Transaction, workspaceId: string, post: PostContent): Promise<Preflight> {
    const ids = post.channels.map((target) => target.id);
    const rules = await this.channels.rules(tx, workspaceId, ids);
    const mediaIds = mediaLists(post).flatMap(({ media }) => media.map((item) => item.id));
    const assets = await this.media.assets(tx, workspaceId, mediaIds);
    const errors = [
      ...noChannels(ids),
      ...duplicates(ids),
      ...unknownMedia(post, assets),
      ...choiceErrors(post, assets),
    ];
    const preflight: Preflight = { contents: new Map(), errors, media: [] };
    post.channels.forEach((target, index) => {
      const channel = rules.get(target.id);
      if (!channel) preflight.errors.push(unknownChannel(index));
      else this.checkChannel(preflight, post, target, index, channel, assets);
    });
    return preflight;
  }

  private checkChannel(
    preflight: Preflight,
    post: PostContent,
    target: ChannelTarget,
    index: number,
    rules: ChannelRules,
    assets: Map<string, MediaAssetRecord>,
  ): void {
    const written = segmentsFor(post, target, index);
    // Told already, and nothing else can be said about the channel without them.
    if (written.some(({ media }) => media.some((item) => !assets.has(item.id)))) return;
    const settings = readSettings(rules.manifest.settings, target.settings ?? {}, `channels/${index}/settings`);
    const place = { channelId: target.id, path: `channels/${index}/`, rules, settings: settings.values };
    const unsupported = unsupportedKinds(written, rules.manifest).map((error) => ({ ...error, channelId: target.id }));
    const offered = written.filter(({ kind }) => isOffered(kind, rules.manifest));
    const checked = offered.map((segment, index) => this.checkSegment(place, segment, index, assets));
    preflight.media.push(...checked.flatMap((segment) => segment.media));
    const errors = [...settings.errors, ...unsupported, ...checked.flatMap((segment) => segment.errors)];
    preflight.errors.push(...withoutRepeats(errors));
    const segments = checked.map(({ content }) => content);
    preflight.contents.set(target.id, { segments, settings: settings.values });
  }

  /** One message by the rules of its platform, as if it stood alone. */
  private checkSegment(
    { channelId, path, rules, settings }: Place,
    { kind, text, link, media, fields }: WrittenSegment,
    index: number,
    assets: Map<string, MediaAssetRecord>,
  ): { content: SegmentContent } & Pick<Preflight, 'errors' | 'media'> {
    const planned = media.map((item, position) => {
      const asset = assets.get(item.id);
      if (!asset) throw new Error('The assets were looked up before.');
      const file = planFile(item, asset, rules.limits.media);
      return { ...file, position, told: attachmentPlan({ channelId, segment: index, position }, file) };
    });
    const refused = planned.flatMap(({ plan, position }) => {
      if (plan?.action !== 'refuse') return [];
      const { rule, reason: message, remedy } = plan;
      return [{ rule, message, remedy, field: `${fields.media}/${position}`, channelId }];
    });
    const usable = planned.filter(({ plan }) => plan?.action !== 'refuse');
    const segment = { kind, text, ...(link !== undefined && { link }) };
    const draft = { ...segment, media: usable.map((item) => item.draft), settings };
    const broken = this.registry
      .get(rules.manifest.id)
      .adapter.validate(draft, rules.limits)
      .map((violation) => ({ ...violation, field: fieldOf(violation, fields, path), channelId }));
    return {
      content: { ...segment, media: usable.map((item) => item.content) },
      errors: [...refused, ...broken],
      media: planned.flatMap(({ told }) => told ?? []),
    };
  }
}

/** Where in the request the cause lies: in the words and media of the segment, or in the settings of the channel. */
function fieldOf({ field }: Violation, fields: WrittenSegment['fields'], path: string): string {
  const [part = '', ...rest] = field.split('/');
  if (part === 'text' || part === 'link' || part === 'media') return [fields[part], ...rest].join('/');
  return `${path}${field}`;
}

/** Whether a platform has such messages at all. */
function isOffered(kind: WrittenSegment['kind'], { capabilities }: PlatformManifest): boolean {
  switch (kind) {
    case 'post':
      return true;
    case 'reply':
      return capabilities.thread;
    case 'comment':
      return capabilities.firstComment;
  }
}

/** One rule for the thread as a whole, one for the first comment. */
function unsupportedKinds(written: readonly WrittenSegment[], manifest: PlatformManifest): Violation[] {
  const { id, name, docs, verifiedOn } = manifest;
  const reply = written.find(({ kind }) => kind === 'reply');
  const comment = written.find(({ kind }) => kind === 'comment');
  const violations: Violation[] = [];
  if (reply && !isOffered('reply', manifest)) {
    violations.push({
      rule: `${id}.thread-unsupported`,
      field: reply.fields.whole,
      message: `ClickPost publishes no threads on ${name}.`,
      remedy: 'Leave the thread out for this channel: give it an empty one of its own.',
      docs,
      verifiedOn,
    });
  }
  if (comment && !isOffered('comment', manifest)) {
    violations.push({
      rule: `${id}.first-comment-unsupported`,
      field: comment.fields.whole,
      message: `ClickPost publishes no first comments on ${name}.`,
      remedy: 'Leave the first comment out for this channel: give it an empty one of its own.',
      docs,
      verifiedOn,
    });
  }
  return violations;
}

/** The settings count for every part of a thread; what is wrong with them is told once. */
function withoutRepeats(errors: Preflight['errors']): Preflight['errors'] {
  const seen = new Set<string>();
  return errors.filter(({ field, rule, message }) => {
    const key = JSON.stringify([field, rule, message]);
    return !seen.has(key) && seen.add(key);
  });
}

function readSettings(fields: readonly FormField[], given: JsonObject, path: string) {
  const errors: FieldError[] = [];
  const values: JsonObject = {};
  for (const name of Object.keys(given)) {
    if (fields.some((field) => field.name === name)) continue;
    const known = fields.map((field) => field.name).join(', ') || 'none';
    errors.push({
      field: `${path}/${name}`,
      rule: 'unknown-setting',
      message: `There is no setting "${name}" here.`,
      remedy: `Known settings: ${known}.`,
    });
  }
  // What is not asked for now is kept in the post, and neither checked nor sent.
  for (const field of fields.filter((field) => isAsked(field, fields, given))) {
    const value = given[field.name] ?? field.default;
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
      if (field.required) errors.push(settingError(field, path, 'required', `${field.label} is missing.`));
      continue;
    }
    const wrong = wrongSetting(field, value);
    if (wrong) errors.push(settingError(field, path, 'value', wrong));
    else values[field.name] = value;
  }
  return { values, errors };
}

function wrongSetting(field: FormField, value: unknown): string | undefined {
  const { label, min, max, maxLength = 2_000 } = field;
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${field.label} is true or false.`;
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) return `${label} is a number.`;
      if (min !== undefined && value < min) return `${label} is ${min} at the least.`;
      return max !== undefined && value > max ? `${label} is ${max} at the most.` : undefined;
    case 'select':
      return field.options?.some((option) => option.value === value) ? undefined : `${field.label} has no such choice.`;
    case 'text':
    case 'url':
    case 'secret':
      if (typeof value !== 'string') return `${label} is a text.`;
      return value.length > maxLength ? `${label} is too long.` : undefined;
    case 'texts':
      if (!isListOf(value, (item) => typeof item === 'string' && item.trim() !== ''))
        return `${label} is a list of texts.`;
      return wrongItems(field, value as string[]);
    case 'marks':
      if (!isListOf(value, isMark)) return `${label} is a list of {media, x, y, text}; x and y are from 0 to 1.`;
      return wrongItems(
        field,
        (value as Mark[]).map(({ text }) => text),
      );
    case 'lookup':
      return isLookedUp(value) ? undefined : `${label} is a {value, label} that was found by a search.`;
  }
}

function isListOf(value: unknown, fits: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(fits);
}

function wrongItems({ label, minItems = 0, maxItems = 100, maxLength = 2_000 }: FormField, items: readonly string[]) {
  if (items.length < minItems) return `${label} needs ${minItems} at the least.`;
  if (items.length > maxItems) return `${label} takes ${maxItems} at the most.`;
  const long = items.find((item) => item.length > maxLength);
  return long === undefined ? undefined : `${label}: "${long.slice(0, 20)}…" is longer than ${maxLength} characters.`;
}

function settingError(field: FormField, path: string, rule: string, message: string): FieldError {
  const choices = field.options?.map((option) => option.value).join(', ');
  return {
    field: `${path}/${field.name}`,
    rule: `setting-${rule}`,
    message,
    remedy: choices ? `Use one of: ${choices}.` : (field.help ?? `Correct ${field.label}.`),
  };
}

function duplicates(ids: readonly string[]): FieldError[] {
  return ids.flatMap((id, index) =>
    ids.indexOf(id) === index
      ? []
      : [
          {
            field: `channels/${index}/id`,
            rule: 'duplicate-channel',
            message: 'This channel is in the list twice.',
            remedy: 'Name each channel once.',
          },
        ],
  );
}

function noChannels(ids: readonly string[]): FieldError[] {
  if (ids.length > 0) return [];
  const message = 'The post goes nowhere yet.';
  const remedy = 'Name at least one channel, or keep it as a draft ("schedule": null).';
  return [{ field: 'channels', rule: 'no-channel', message, remedy }];
}

function unknownChannel(index: number): FieldError {
  return {
    field: `channels/${index}/id`,
    rule: 'unknown-channel',
    message: 'This workspace has no such channel.',
    remedy: 'Use an id from GET /v1/workspaces/{id}/channels.',
  };
}

function unknownMedia(post: PostContent, assets: Map<string, MediaAssetRecord>): FieldError[] {
  return mediaLists(post).flatMap(({ media, field }) =>
    media.flatMap(({ id }, position) =>
      assets.has(id)
        ? []
        : [
            {
              field: `${field}/${position}/id`,
              rule: 'unknown-media',
              message: 'This workspace has no such media.',
              remedy: 'Upload the file first and use the id of the answer.',
            },
          ],
    ),
  );
}
