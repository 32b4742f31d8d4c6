import { type ChannelRules, ChannelsService, differencesOf } from '#channels';
import { type FieldError, type Transaction } from '#kernel';
import { type MediaAssetRecord, MediaLibrary } from '#media';
import { PlatformRegistry } from '#platforms';
import {
  type Capabilities,
  capabilitiesFor,
  checkTerms,
  type Cost,
  type DraftMediaKind,
  type JsonObject,
  limitsFor,
  type PlatformLimits,
  type PlatformManifest,
  type PricedCost,
  pricedCosts,
  sumUsd,
  type Violation,
} from '#platforms/core';
import { type AskedTerms, NOT_ASKED, type PublicationContent, type SegmentContent } from '#publishing';
import { Injectable } from '@nestjs/common';
import {
  type AttachedMedia,
  type ChannelTarget,
  mediaIds,
  mediaLists,
  type PostContent,
  segmentsFor,
  type WrittenSegment,
} from './post-content.js';
import { type AttachmentPlan, attachmentPlan, choiceErrors, planFile } from './preflight-media.js';
import { addNeeds, termsNotices } from './preflight-outlook.js';
import { readSettings } from './settings-form.js';

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
  /** Of each channel whose platform is paid for, as it stands; complete only when `errors` is empty. */
  costs: ChannelCosts[];
  /** What should be known, and stands against nothing. */
  notices: PreflightNotice[];
  /** What publishing takes of platforms' daily budgets, by channel id and the budget's id. */
  needs: Map<string, Needs>;
}

/** Something about a channel that is no broken rule. */
export interface PreflightNotice {
  channelId: string;
  /** `<platform>.<what>`, stable. */
  rule: string;
  message: string;
  remedy: string;
}

/** What publishing on a channel will cost, reads for what becomes of it left out. */
export interface ChannelCosts {
  channelId: string;
  /** Nothing is paid for practice. */
  practice: boolean;
  /** Of all messages, the first comment included. */
  costs: PricedCost[];
  /** The sum of them. */
  usd: number;
}

type Needs = Readonly<Record<string, number>>;

/** The channel whose rules are applied. */
interface Place {
  channelId: string;
  /** Where its target stands in the request: `channels/0/`. */
  path: string;
  rules: ChannelRules;
  /** What its platform says right now, where it has terms and was asked. */
  terms: AskedTerms | undefined;
  settings: JsonObject;
  /** Of the format that the settings name. */
  limits: PlatformLimits;
}

/** Turns a post into what each channel is sent, and checks it against the channel's own limits. */
@Injectable()
export class PreflightService {
  constructor(
    private readonly channels: ChannelsService,
    private readonly media: MediaLibrary,
    private readonly registry: PlatformRegistry,
  ) {}

  /**
   * Every broken rule of every channel at once.
   * @param terms what platforms say right now, where they were asked
   */
  async check(
    tx: Transaction,
    workspaceId: string,
    post: PostContent,
    terms: ReadonlyMap<string, AskedTerms> = NOT_ASKED,
  ): Promise<Preflight> {
    const ids = post.channels.map((target) => target.id);
    const rules = await this.channels.rules(tx, workspaceId, ids);
    const assets = await this.media.assets(tx, workspaceId, mediaIds(post));
    const errors = [
      ...noChannels(ids),
      ...duplicates(ids),
      ...unknownMedia(post, assets),
      ...choiceErrors(post, assets),
    ];
    const preflight: Preflight = { contents: new Map(), errors, media: [], costs: [], notices: [], needs: new Map() };
    post.channels.forEach((target, index) => {
      const channel = rules.get(target.id);
      if (!channel) preflight.errors.push(unknownChannel(index));
      else this.checkChannel(preflight, post, target, index, { rules: channel, terms: terms.get(target.id) }, assets);
    });
    return preflight;
  }

  private checkChannel(
    preflight: Preflight,
    post: PostContent,
    target: ChannelTarget,
    index: number,
    { rules, terms }: Pick<Place, 'rules' | 'terms'>,
    assets: Map<string, MediaAssetRecord>,
  ): void {
    const written = segmentsFor(post, target, index);
    // Told already, and nothing else can be said about the channel without them.
    if (written.some(({ media }) => media.some((item) => !isThere(item, assets)))) return;
    const settings = readSettings(rules.manifest.settings, target.settings ?? {}, {
      path: `channels/${index}/settings`,
      files: kindsOf(written[0]?.media ?? [], assets),
      withoutSettings: rules.channel.without_settings,
    });
    const limits = limitsFor(rules.manifest, rules.limits, settings.values);
    const place = { channelId: target.id, path: `channels/${index}/`, rules, terms, settings: settings.values, limits };
    const differences = differencesOf(rules.channel);
    const can = capabilitiesFor(rules.manifest, settings.values, differences);
    const plain = capabilitiesFor(rules.manifest, {}, differences);
    const unsupported = unsupportedKinds(written, rules.manifest, can, plain).map((error) => ({
      ...error,
      channelId: target.id,
    }));
    const offered = written.filter(({ kind }) => isOffered(kind, can));
    const checked = offered.map((segment, index) => this.checkSegment(place, segment, index, assets));
    preflight.media.push(...checked.flatMap((segment) => segment.media));
    // What the form tells of a setting, the network's own rules tell once more in other words.
    const told = new Set(settings.errors.map(({ field }) => field));
    const broken = checked.flatMap((segment) => segment.errors).filter(({ field }) => !told.has(field));
    const errors = [...settings.errors, ...unsupported, ...broken];
    preflight.errors.push(...withoutRepeats(errors));
    const segments = checked.map(({ content }) => content);
    preflight.contents.set(target.id, { segments, settings: settings.values });
    const cost = checked.flatMap((segment) => segment.cost);
    preflight.costs.push(...channelCosts(rules, cost));
    preflight.notices.push(...termsNotices(target.id, rules.manifest, terms));
    preflight.needs.set(
      target.id,
      checked.reduce((sum, { needs }) => addNeeds(sum, needs), {}),
    );
  }

  /** One message by the rules of its platform, as if it stood alone. */
  private checkSegment(
    { channelId, path, rules, terms, settings, limits }: Place,
    { kind, text, link, media, fields }: WrittenSegment,
    index: number,
    assets: Map<string, MediaAssetRecord>,
  ): { content: SegmentContent; cost: Cost[]; needs: Needs } & Pick<Preflight, 'errors' | 'media'> {
    const planned = media.map((item, position) => {
      const asset = assets.get(item.id);
      if (!asset) throw new Error('The assets were looked up before.');
      const cover = item.coverId === undefined ? undefined : assets.get(item.coverId);
      const file = planFile(item, asset, limits.media, cover);
      return { ...file, position, told: attachmentPlan({ channelId, segment: index, position }, file) };
    });
    const refused = planned.flatMap(({ plan, position }) => {
      if (plan?.action !== 'refuse') return [];
      const { rule, reason: message, remedy } = plan;
      return [{ rule, message, remedy, field: `${fields.media}/${position}`, channelId }];
    });
    const refusedCovers = planned.flatMap(({ cover, position }) =>
      cover?.refused ? [{ ...cover.refused, field: `${fields.media}/${position}/coverId`, channelId }] : [],
    );
    const usable = planned.filter(({ plan }) => plan?.action !== 'refuse');
    const segment = { kind, text, ...(link !== undefined && { link }) };
    const draft = { ...segment, media: usable.map((item) => item.draft), settings };
    const { adapter } = this.registry.get(rules.manifest.id);
    const today = terms && 'terms' in terms ? checkTerms(draft, terms.terms, rules.manifest) : [];
    const broken = [...adapter.validate(draft, limits), ...today].map((violation) => ({
      ...violation,
      field: fieldOf(violation, fields, path),
      channelId,
    }));
    return {
      content: { ...segment, media: usable.map((item) => item.content) },
      errors: [...refused, ...refusedCovers, ...broken],
      media: planned.flatMap(({ told }) => told ?? []),
      cost: adapter.cost?.(draft) ?? [],
      needs: adapter.needs?.(draft) ?? {},
    };
  }
}

/** Where in the request the cause lies: in the words and media of the segment, or in the settings of the channel. */
function fieldOf({ field }: Violation, fields: WrittenSegment['fields'], path: string): string {
  const [part = '', ...rest] = field.split('/');
  if (part === 'text' || part === 'link' || part === 'media') return [fields[part], ...rest].join('/');
  return `${path}${field}`;
}

/** Whether a platform has such messages at all, with a post of this format. */
function isOffered(kind: WrittenSegment['kind'], capabilities: Capabilities): boolean {
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
function unsupportedKinds(
  written: readonly WrittenSegment[],
  manifest: PlatformManifest,
  can: Capabilities,
  plain: Capabilities,
): Violation[] {
  const { id, name, docs, verifiedOn } = manifest;
  const reply = written.find(({ kind }) => kind === 'reply');
  const comment = written.find(({ kind }) => kind === 'comment');
  const violations: Violation[] = [];
  if (reply && !isOffered('reply', can)) {
    violations.push({
      rule: `${id}.thread-unsupported`,
      field: reply.fields.whole,
      message: `ClickPost publishes no threads on ${name}${which(manifest, can, plain, 'thread')}.`,
      remedy: 'Leave the thread out for this channel: give it an empty one of its own.',
      docs,
      verifiedOn,
    });
  }
  if (comment && !isOffered('comment', can)) {
    violations.push({
      rule: `${id}.first-comment-unsupported`,
      field: comment.fields.whole,
      message: `ClickPost publishes no first comments on ${name}${which(manifest, can, plain, 'firstComment')}.`,
      remedy: 'Leave the first comment out for this channel: give it an empty one of its own.',
      docs,
      verifiedOn,
    });
  }
  return violations;
}

/** Said only where another format, or another channel of the platform, can. */
function which(
  { capabilities }: PlatformManifest,
  can: Capabilities,
  plain: Capabilities,
  what: 'thread' | 'firstComment',
): string {
  if (can[what] || !capabilities[what]) return '';
  return plain[what] ? ' with this format' : ' through this channel';
}

/** Nothing of a platform that is not paid for. */
function channelCosts({ channel: { id, practice }, manifest }: ChannelRules, cost: readonly Cost[]): ChannelCosts[] {
  if (!manifest.prices) return [];
  const costs = pricedCosts(manifest, cost);
  return [{ channelId: id, practice, costs, usd: sumUsd(costs) }];
}

/** The settings count for every part of a thread; what is wrong with them is told once. */
function withoutRepeats(errors: Preflight['errors']): Preflight['errors'] {
  const seen = new Set<string>();
  return errors.filter(({ field, rule, message }) => {
    const key = JSON.stringify([field, rule, message]);
    return !seen.has(key) && seen.add(key);
  });
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
    media.flatMap(({ id, coverId }, position) => [
      ...(assets.has(id) ? [] : [unknownFile(`${field}/${position}/id`)]),
      ...(coverId === undefined || assets.has(coverId) ? [] : [unknownFile(`${field}/${position}/coverId`)]),
    ]),
  );
}

function unknownFile(field: string): FieldError {
  return {
    field,
    rule: 'unknown-media',
    message: 'This workspace has no such media.',
    remedy: 'Upload the file first and use the id of the answer.',
  };
}

/** Of which kinds the files of a message are, as they were uploaded. */
function kindsOf(media: readonly AttachedMedia[], assets: ReadonlyMap<string, MediaAssetRecord>): DraftMediaKind[] {
  return media.flatMap(({ id }) => assets.get(id)?.kind ?? []);
}

function isThere({ id, coverId }: AttachedMedia, assets: ReadonlyMap<string, MediaAssetRecord>): boolean {
  return assets.has(id) && (coverId === undefined || assets.has(coverId));
}
