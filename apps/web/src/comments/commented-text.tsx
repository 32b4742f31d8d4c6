import { useCallback } from 'react';
import { AnchoredText, type SelectedPlace } from './anchored-text.js';
import { useComments } from './comments-context.js';
import { highlightsIn, type ShownText } from './places.js';

/** The longest place that is kept as a quote. */
const MAX_QUOTE = 5_000;

interface CommentedTextProps extends ShownText {
  text: string;
  /** What is on the screen: a place belongs to it. */
  revision: number;
  label: string;
}

/** A text of a post with what was said about it, and the way to say more. */
export function CommentedText({ text, revision, label, ...shown }: CommentedTextProps) {
  const comments = useComments();
  const { channelId, part } = shown;
  const setPlace = comments?.setPlace;
  const onComment = useCallback(
    ({ start, quote }: SelectedPlace) => {
      const kept = quote.slice(0, MAX_QUOTE);
      const own = channelId === null ? {} : { channelId };
      setPlace?.({ type: 'text', revision, part, start, end: start + kept.length, quote: kept, ...own });
    },
    [setPlace, revision, part, channelId],
  );
  return (
    <AnchoredText
      text={text}
      label={label}
      highlights={highlightsIn(comments?.threads ?? [], shown)}
      active={comments?.active}
      onActivate={(id) => comments?.show(id, 'thread')}
      {...(comments?.mayComment && { onComment })}
    />
  );
}
