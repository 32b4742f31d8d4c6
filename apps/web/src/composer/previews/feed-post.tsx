import { Text } from '@mantine/core';
import { useState } from 'react';
import { sentText } from '#platforms/core';
import { BesideText, Poll } from './beside-text.js';
import { Avatar, Byline, useNames } from './byline.js';
import { type Details, detailsOf } from './details.js';
import { DocumentPages, isDocument } from './document-pages.js';
import { FoldedText } from './folded-text.js';
import { ImageGrid } from './image-grid.js';
import { LinkCard, QuotedPost, TitledCard } from './link-card.js';
import { type FeedLook } from './look.js';
import { messagesOf } from './messages.js';
import { type PreviewItem } from './preview-source.js';
import classes from './previews.module.css';
import { useSeenFiles } from './shown-file.js';

/** The post in a feed, with its thread and its first comment below it. */
export function FeedPost({ item, look }: { item: PreviewItem; look: FeedLook }) {
  const messages = messagesOf(item);
  return (
    <ol className={classes['messages']} data-flat={look.isCommentBubble || undefined}>
      {messages.map(({ key, name, isComment, item: message }, index) => {
        // What is chosen beside the text goes to the post itself.
        const details = index === 0 ? detailsOf(look.details, item.content.settings) : undefined;
        return (
          <li
            key={key}
            className={classes['post']}
            data-column={look.column}
            data-bleeding={look.isBleeding || undefined}
            data-followed={(index < messages.length - 1 && !look.isCommentBubble) || undefined}
            data-blue={look.isBlue || undefined}
          >
            {name !== undefined && <span className={isComment ? classes['caption'] : 'visually-hidden'}>{name}</span>}
            {isComment && look.isCommentBubble ? (
              <Bubble item={message} look={look} />
            ) : (
              <>
                <Byline item={message} look={look} details={details} />
                <div className={classes['body']}>
                  <Warned item={message} look={look} segment={index} details={details} />
                  <Actions look={look} />
                </div>
              </>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** A comment as it stands below a post. */
function Bubble({ item, look }: { item: PreviewItem; look: FeedLook }) {
  const { name } = useNames(item);
  return (
    <div className={classes['bubble']}>
      <Avatar name={name} />
      <div>
        <strong>{name}</strong>
        <FoldedText text={item.content.text} look={look} isLarge={false} />
      </div>
    </div>
  );
}

function Actions({ look }: { look: FeedLook }) {
  return (
    <div className={classes['postActions']} data-close={look.isActionsClose || undefined} aria-hidden>
      {look.actions.map(({ icon: Sign, label }, index) => (
        <span key={index}>
          <Sign size={18} stroke={1.6} />
          {label}
        </span>
      ))}
    </div>
  );
}

interface MessageProps {
  item: PreviewItem;
  look: FeedLook;
  /** Which message of the channel: 0 is the post itself. */
  segment: number;
  details: Details | undefined;
}

/** What a content warning hides is shown when somebody opens it. */
function Warned(props: MessageProps) {
  const { item, look } = props;
  const [isOpen, setOpen] = useState(false);
  const value = look.warning === undefined ? '' : item.content.settings[look.warning];
  const warning = typeof value === 'string' ? value.trim() : '';
  if (warning === '') return <Body {...props} />;
  return (
    <>
      <div className={classes['warning']}>
        <span>{warning}</span>
        <button type="button" className={classes['unfold']} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide' : 'Show more'}
        </button>
      </div>
      {isOpen && <Body {...props} />}
    </>
  );
}

function Body({ item: { content, channel }, look, segment, details }: MessageProps) {
  const { text: limit, media } = channel.limits;
  const text = sentText(content, limit);
  const files = useSeenFiles(content.media.slice(0, media.maxCount), channel.id, segment);
  const documents = media.document ? files.filter(isDocument) : [];
  const poll = details?.poll ?? [];
  const { link } = content;
  const isOwnCard = look.card === 'own' && link !== undefined;
  // The picture of a card that the post makes itself belongs to the card.
  const pictures = isOwnCard ? [] : files.filter((file) => !isDocument(file));
  const isCardShown =
    link !== undefined && look.card !== 'none' && !(look.isCardAlone && files.length + poll.length > 0);
  const isBare = files.length === 0 && !isCardShown && poll.length === 0 && details?.pollQuestion === undefined;
  if (text.trim() === '' && isBare) {
    return (
      <Text size="sm" c="dimmed">
        Nothing is written yet.
      </Text>
    );
  }
  return (
    <>
      <FoldedText
        text={text}
        look={look}
        isLarge={isBare && look.largeUpTo !== undefined && text.length <= look.largeUpTo}
      />
      <Poll options={poll} question={details?.pollQuestion} ends={details?.pollEnds} />
      {documents.map((file) => (
        <DocumentPages key={file.id} file={file} title={details?.documentTitle} />
      ))}
      {pictures.length > 0 && <ImageGrid files={pictures} look={look} veil={veilOf(look, content.settings, segment)} />}
      {files[0]?.facts?.kind === 'video' && details?.title !== undefined && (
        <div className={classes['videoTitle']}>{details.title}</div>
      )}
      {isOwnCard && details?.card && <TitledCard address={link} card={{ ...details.card, file: files[0] }} />}
      {isCardShown && look.card !== 'own' && <LinkCard address={link} look={look} />}
      {details?.quote !== undefined && <QuotedPost address={details.quote} />}
      {look.byline !== 'name-and-time' && details && <BesideText details={details} />}
    </>
  );
}

function veilOf({ veil }: FeedLook, settings: PreviewItem['content']['settings'], segment: number): string | undefined {
  if (!veil || settings[veil.setting] !== true || (veil.firstOnly && segment > 0)) return undefined;
  return veil.words;
}
