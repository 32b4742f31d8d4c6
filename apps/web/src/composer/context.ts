import { createContext, type Dispatch, use } from 'react';
import { type PostFormat } from '#platforms/core';
import { type Channel, type Workspace } from '../api/queries.js';
import { type PlannedMedia } from '../media/changes.js';
import { type ChannelCosts } from './costs.js';
import { type Counter } from './counters.js';
import { type ChannelDraft, type Difference, type Draft, type DraftAction, type EffectiveContent } from './draft.js';
import { type Finding } from './findings.js';
import { type FileKinds, type FormField } from '../ui/manifest-values.js';
import { type Platform } from './format.js';
import { type Supports } from './local-findings.js';
import { type PreflightNotice } from './use-preflight.js';
import { type Uploads } from './use-uploads.js';

export { type Platform } from './format.js';

/** A channel of the draft with what it gets there. */
export interface SelectedChannel {
  /** With the limits of the format that is chosen there. */
  channel: Channel;
  /** Its network; undefined while the manifests are read. */
  platform: Platform | undefined;
  target: ChannelDraft;
  content: EffectiveContent;
  /** Of the files of the post itself, without those of a thread. */
  kinds: FileKinds;
  counter: Counter;
  /** What its network has beside posts of that format; nothing while the manifests are read. */
  supports: Supports;
  /** The form of its settings. */
  fields: readonly FormField[];
  /** Undefined where its network has one kind of post alone. */
  format: PostFormat | undefined;
  differences: readonly Difference[];
  /** Rules that stand against it there and that are worth showing. */
  findings: readonly Finding[];
  /** It is out there already: nothing here reaches it. */
  isOut: boolean;
}

/** What the parts of the editor share. */
export interface ComposerState {
  workspace: Workspace;
  draft: Draft;
  /** The draft as it is at the moment of the call: for what is done later, as an undo is. */
  latest: () => Draft;
  dispatch: Dispatch<DraftAction>;
  /** All of the workspace. */
  channels: readonly Channel[];
  selected: readonly SelectedChannel[];
  /** What is worth showing of the rules that stand against it. */
  findings: readonly Finding[];
  /** The channel whose words are edited; undefined = those of all. */
  tab: string | undefined;
  setTab: (channelId: string | undefined) => void;
  uploads: Uploads;
  /** What each channel gets of each file, as the server plans it. */
  plans: readonly PlannedMedia[];
  /** What publishing on each channel will cost, as the server foresees it. */
  costs: readonly ChannelCosts[];
  /** What is to be known of the channels beforehand, as the server found it. */
  notices: readonly PreflightNotice[];
}

const Composer = createContext<ComposerState | undefined>(undefined);

/** Hands the state of the editor to its parts. */
export const ComposerProvider = Composer;

/** The state of the editor around this part. */
export function useComposer(): ComposerState {
  const state = use(Composer);
  if (!state) throw new Error('useComposer is for the parts of the composer.');
  return state;
}

const Calm = createContext<ComposerState | undefined>(undefined);

/** Hands the state to the parts that follow when there is time. */
export const CalmProvider = Calm;

/**
 * The same for parts that only show what was written: while somebody types they follow as soon as there is time, so that no
 * key waits for them. Not for inputs, which have to hold what was typed at once.
 */
export function useCalmComposer(): ComposerState {
  const state = use(Calm);
  if (!state) throw new Error('useCalmComposer is for the parts of the composer.');
  return state;
}

/** The network's name of a channel, or its id while the manifests are read. */
export function networkName({ channel, platform }: Pick<SelectedChannel, 'channel' | 'platform'>): string {
  return platform?.name ?? channel.platform;
}

/** A channel beside a file: by its network, as brands are called the same everywhere, and by its own name where that says more. */
export function fileChannel(
  id: string,
  selected: readonly SelectedChannel[],
): { name: string; platform: string } | undefined {
  const item = selected.find(({ channel }) => channel.id === id);
  return item && { name: channelTitle(item, selected), platform: item.channel.platform };
}

/** What a channel is called where several of one network may be chosen. */
export function channelTitle(selected: SelectedChannel, all: readonly SelectedChannel[]): string {
  const isAlone = all.filter(({ channel }) => channel.platform === selected.channel.platform).length === 1;
  return isAlone ? networkName(selected) : selected.channel.name;
}
