import { newIdempotencyKey } from '../api/client.js';
import { notifyDone, notifyRefused } from '../ui/notify.js';
import { channelTitle, type SelectedChannel, useComposer } from './context.js';
import { counterOf } from './counters.js';
import { changeDraft, type DraftAction } from './draft.js';
import { focusPlace, textPlace } from './places.js';
import { splitText } from './split-text.js';
import { emptyPart, isBlankPart, MOST_PARTS, type ThreadPart } from './thread.js';

/** The thread of all channels, or of the one whose tab is open, and what can be done with it. */
export function useThread() {
  const { draft, dispatch, selected, tab, uploads } = useComposer();
  const item = selected.find(({ channel }) => channel.id === tab);
  const parts = item ? item.content.thread : draft.thread;
  const isFull = parts.length >= MOST_PARTS;
  const split = useSplit(parts);

  /** @param index where it stands among the further parts */
  const add = (index: number) => {
    if (isFull) return refuseLonger(parts.length + 1);
    dispatch({ type: 'add-part', part: emptyPart(newIdempotencyKey()), index, channelId: tab });
    focusPlace(textPlace(index));
  };
  const remove = (part: ThreadPart, index: number) => {
    dispatch({ type: 'remove-part', key: part.key, channelId: tab });
    for (const { id, message } of uploads.items) if (message.part === part.key) uploads.drop(id);
    focusPlace(textPlace(index === 0 ? undefined : index - 1));
    if (isBlankPart(part)) return;
    const undo = () => dispatch({ type: 'add-part', part, index, channelId: tab });
    notifyDone(`Part ${index + 2} is removed.`, { label: 'Undo', onClick: undo });
  };
  const move = ({ key }: ThreadPart, to: number) => dispatch({ type: 'move-part', key, to, channelId: tab });
  return { item, parts, isFull, add, remove, move, ...split };
}

/** Whether parts can be written here: a network that shows them is chosen, or none is yet. */
export function useMayThread(item: SelectedChannel | undefined): boolean {
  const { selected, draft } = useComposer();
  if (item) return item.supports.thread;
  return draft.thread.length > 0 || selected.length === 0 || selected.some(({ supports }) => supports.thread);
}

/** A message that may be parted. */
export interface Splittable {
  /** Its place among the further parts, and its key; left out = the post itself. */
  at?: number;
  part?: string;
  text: string;
}

/** Parts a message where its text is too long, or where the cursor stands. */
function useSplit(parts: readonly ThreadPart[]) {
  const { draft, latest, dispatch, selected, tab } = useComposer();

  /** The channels with threads that get this message as it is written here. */
  const concernedBy = ({ part }: Splittable) =>
    selected.filter(({ channel, supports, target }) => {
      if (tab !== undefined) return channel.id === tab;
      return supports.thread && (part === undefined ? target.text : target.thread) === undefined;
    });

  const apply = (what: Splittable, [first = '', ...rest]: readonly string[]): DraftAction => ({
    type: 'split',
    channelId: tab,
    part: what.part,
    first,
    rest: rest.map((text) => ({ key: newIdempotencyKey(), text })),
    withoutThreads: selected.filter(({ supports }) => !supports.thread).map(({ channel }) => channel.id),
  });

  /** At the ends of sentences, into parts that fit on each of the channels. */
  const splitIntoThread = (what: Splittable) => {
    const concerned = concernedBy(what);
    const fits = (text: string, position: number) =>
      concerned.every(({ channel, content: { link, media, settings } }) => {
        const isFirst = position === 0 && what.part === undefined;
        const beside = isFirst ? { media, ...(link !== undefined && { link }) } : {};
        return counterOf({ text, settings, ...beside }, channel.limits.text).level !== 'over';
      });
    const texts = splitText(what.text, fits);
    if (texts.length < 2) {
      return notifyRefused('This text cannot be split', 'It is one word or one link that is too long. Shorten it.');
    }
    if (parts.length + texts.length - 1 > MOST_PARTS) return refuseLonger(parts.length + texts.length - 1);
    const after = changeDraft(draft, apply(what, texts));
    dispatch({ type: 'replace', draft: after });
    focusPlace(textPlace(what.at));
    const kept = after.channels.flatMap(({ id, text }, index) => {
      const one = selected.find(({ channel }) => channel.id === id);
      return one && text !== undefined && draft.channels[index]?.text === undefined
        ? [channelTitle(one, selected)]
        : [];
    });
    const whole = tab === undefined && kept.length > 0 ? ` Still one text on ${kept.join(', ')}.` : '';
    notifyDone(`Split into ${texts.length} parts.${whole}`, {
      label: 'Undo',
      onClick: () => {
        const now = latest();
        const isAsLeft = now.text === after.text && now.thread === after.thread && now.channels === after.channels;
        if (isAsLeft) dispatch({ type: 'replace', draft: { ...now, ...writtenIn(draft) } });
        else notifyRefused('The parts stay', 'You have written on since. Undo would take that away.');
      },
    });
  };

  /** Where the cursor stands: what is behind it begins the next part. */
  const splitAtCursor = (what: Splittable, before: string, after: string) => {
    if (parts.length >= MOST_PARTS) return refuseLonger(parts.length + 1);
    const next = (what.at ?? -1) + 1;
    const isCommon = tab === undefined;
    if (after === '' && isCommon) {
      dispatch({ type: 'add-part', part: emptyPart(newIdempotencyKey()), index: next, channelId: tab });
    } else dispatch(apply(what, [before, after]));
    focusPlace(textPlace(next));
  };
  return { splitIntoThread, splitAtCursor };
}

function writtenIn({ text, thread, channels }: ReturnType<typeof changeDraft>) {
  return { text, thread, channels };
}

function refuseLonger(count: number): void {
  const detail = `It would have ${count + 1} parts; ${MOST_PARTS + 1} are the most. Make two posts of it.`;
  notifyRefused('The thread would be too long', detail);
}
