import { type ChannelDraft, type Draft, type MediaItem, type Where } from './draft.js';
import { changeParts, emptyPart, isBlankPart, joinTexts, type PartAction, type ThreadPart } from './thread.js';

/** What can be done to what follows the post: its thread and its first comment. */
export type FollowingAction =
  | (PartAction & Where)
  | ({ type: 'split' } & Split)
  | { type: 'own-thread'; channelId: string }
  | { type: 'common-thread'; channelId: string }
  | { type: 'no-thread'; channelId: string }
  | { type: 'as-one-text'; channelId: string }
  | ({ type: 'first-comment'; value: string } & Where)
  | { type: 'own-comment'; channelId: string }
  | { type: 'common-comment'; channelId: string }
  | { type: 'comment-in-text'; channelId: string };

/** A message that becomes several. */
export interface Split extends Where {
  /** Which part of the thread; left out = the post itself. */
  part?: string | undefined;
  /** What its text becomes. */
  first: string;
  /** What follows it. */
  rest: readonly { key: string; text: string }[];
  /** The channels whose networks have no threads: they keep the text as one. */
  withoutThreads: readonly string[];
}

/** The draft after a change of what follows the post. Pure. */
export function changeFollowing(draft: Draft, action: FollowingAction): Draft {
  switch (action.type) {
    case 'add-part':
    case 'remove-part':
    case 'move-part':
      return onThread(draft, action.channelId, (parts) => changeParts(parts, action));
    case 'split':
      return split(draft, action);
    case 'first-comment':
      if (action.channelId === undefined) return { ...draft, firstComment: action.value };
      return onChannel(draft, action.channelId, (channel) => ({ ...channel, firstComment: action.value }));
    case 'own-thread':
    case 'common-thread':
    case 'no-thread':
    case 'as-one-text':
    case 'own-comment':
    case 'common-comment':
    case 'comment-in-text':
      return onChannel(draft, action.channelId, (channel) => changeChannel(draft, channel, action.type));
  }
}

/** One channel of the draft after a change; the others stay. */
export function onChannel(draft: Draft, id: string, change: (channel: ChannelDraft) => ChannelDraft): Draft {
  return { ...draft, channels: draft.channels.map((channel) => (channel.id === id ? change(channel) : channel)) };
}

/** The common thread after a change, or that of a channel which has one of its own. */
export function onThread(
  draft: Draft,
  channelId: string | undefined,
  change: (parts: ThreadPart[]) => ThreadPart[],
): Draft {
  if (channelId === undefined) return { ...draft, thread: change(draft.thread) };
  return onChannel(draft, channelId, (channel) =>
    channel.thread ? { ...channel, thread: change(channel.thread) } : channel,
  );
}

type ChannelAction = Exclude<FollowingAction['type'], PartAction['type'] | 'split' | 'first-comment'>;

function changeChannel(draft: Draft, channel: ChannelDraft, change: ChannelAction): ChannelDraft {
  const text = channel.text ?? draft.text;
  const thread = channel.thread ?? draft.thread;
  switch (change) {
    case 'own-thread': {
      const { asideThread, ...rest } = channel;
      return { ...rest, thread: asideThread ?? draft.thread };
    }
    case 'common-thread': {
      const { thread: _, ...rest } = withThreadAside(draft, channel);
      return rest;
    }
    case 'no-thread':
      return { ...withThreadAside(draft, channel), thread: [] };
    case 'as-one-text': {
      const media = uniqueMedia([...(channel.media ?? draft.media), ...thread.flatMap((part) => part.media)]);
      const hasMore = thread.some((part) => part.media.length > 0);
      const whole = joinTexts([text, ...thread.map((part) => part.text)]);
      return { ...channel, text: whole, thread: [], ...(hasMore && { media }) };
    }
    case 'own-comment': {
      const { asideComment, ...rest } = channel;
      return { ...rest, firstComment: asideComment ?? draft.firstComment };
    }
    case 'common-comment': {
      const { firstComment, ...rest } = channel;
      const isWorthKeeping = firstComment?.trim() && firstComment !== draft.firstComment;
      return { ...rest, ...(isWorthKeeping && { asideComment: firstComment }) };
    }
    case 'comment-in-text': {
      const comment = channel.firstComment ?? draft.firstComment;
      return { ...channel, text: joinTexts([text, comment]), firstComment: '' };
    }
  }
}

/** What only repeats the common thread is not worth keeping. */
function withThreadAside(draft: Draft, channel: ChannelDraft): ChannelDraft {
  const { thread } = channel;
  const isWorthKeeping = thread && thread !== draft.thread && !thread.every(isBlankPart);
  return isWorthKeeping ? { ...channel, asideThread: thread } : channel;
}

function uniqueMedia(media: readonly MediaItem[]): MediaItem[] {
  return media.filter(({ id }, index) => media.findIndex((other) => other.id === id) === index);
}

/** No channel gets other words by it, only in other messages. */
function split(draft: Draft, { channelId, part: key, first, rest, withoutThreads }: Split): Draft {
  const parts = rest.map(({ key: partKey, text }) => ({ ...emptyPart(partKey), text }));
  if (key !== undefined) {
    return onThread(draft, channelId, (thread) =>
      thread.flatMap((part) => (part.key === key ? [{ ...part, text: first }, ...parts] : [part])),
    );
  }
  if (channelId !== undefined) {
    return onChannel(draft, channelId, (channel) => ({
      ...channel,
      text: first,
      thread: [...parts, ...(channel.thread ?? draft.thread)],
    }));
  }
  const stays = (channel: ChannelDraft): ChannelDraft => {
    const { text, thread } = channel;
    if (withoutThreads.includes(channel.id)) {
      const none = thread ?? (draft.thread.length === 0 ? [] : undefined);
      return { ...channel, text: text ?? draft.text, ...(none && { thread: none }) };
    }
    if (text === undefined && thread) return { ...channel, thread: [...parts, ...thread] };
    if (text !== undefined && !thread) return { ...channel, thread: draft.thread };
    return channel;
  };
  return { ...draft, text: first, thread: [...parts, ...draft.thread], channels: draft.channels.map(stays) };
}
