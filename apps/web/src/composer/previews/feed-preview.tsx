import { Text } from '@mantine/core';
import { IconWorld } from '@tabler/icons-react';
import { useState } from 'react';
import { sentText } from '#platforms/core';
import { FoldedText } from './folded-text.js';
import { ImageGrid } from './image-grid.js';
import { LinkCard } from './link-card.js';
import { type Look } from './looks.js';
import { messagesOf } from './messages.js';
import { type PreviewItem, usePreviewSource } from './preview-source.js';
import classes from './previews.module.css';

/** The post in the feed of a network, with what is published below it. */
export function FeedPreview({ item, look }: { item: PreviewItem; look: Look }) {
  const { channel, content } = item;
  const messages = messagesOf(item);
  return (
    <>
      <ol className={classes['messages']}>
        {messages.map(({ key, name, isComment, item: message }, index) => (
          <li
            key={key}
            className={classes['post']}
            data-column={look.column}
            data-bleeding={look.isBleeding || undefined}
            data-followed={index < messages.length - 1 || undefined}
          >
            {name !== undefined && <span className={isComment ? classes['caption'] : 'visually-hidden'}>{name}</span>}
            <Byline item={message} look={look} />
            <div className={classes['body']}>
              <Warned item={message} look={look} segment={index} />
              <Actions look={look} />
            </div>
          </li>
        ))}
      </ol>
      {content.link !== undefined && !channel.limits.link.supported && (
        <p className={classes['small']}>
          {item.platform?.name ?? channel.platform} has no field for a link; this one is not sent.
        </p>
      )}
    </>
  );
}

function Actions({ look }: { look: Look }) {
  return (
    <div className={classes['postActions']} aria-hidden>
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
  look: Look;
  /** Which message of the channel: 0 is the post itself. */
  segment: number;
}

/** What a content warning hides is shown when somebody opens it. */
function Warned({ item, look, segment }: MessageProps) {
  const [isOpen, setOpen] = useState(false);
  const warning = look.warning === undefined ? '' : String(item.content.settings[look.warning] ?? '').trim();
  if (warning === '') return <Body item={item} look={look} segment={segment} />;
  return (
    <>
      <div className={classes['warning']}>
        <span>{warning}</span>
        <button type="button" className={classes['unfold']} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide' : 'Show more'}
        </button>
      </div>
      {isOpen && <Body item={item} look={look} segment={segment} />}
    </>
  );
}

function Body({ item: { content, channel }, look, segment }: MessageProps) {
  const { text: limit, media } = channel.limits;
  const text = sentText(content, limit);
  const images = content.media.slice(0, media.maxCount);
  const isCardShown = content.link !== undefined && !(look.isCardAlone && images.length > 0);
  const isBare = images.length === 0 && content.link === undefined;
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
      {images.length > 0 && (
        <ImageGrid
          images={images}
          look={look}
          channelId={channel.id}
          segment={segment}
          isVeiled={look.veil !== undefined && content.settings[look.veil] === true}
        />
      )}
      {isCardShown && content.link !== undefined && <LinkCard address={content.link} look={look} />}
    </>
  );
}

function Byline({ item: { channel }, look }: { item: PreviewItem; look: Look }) {
  const { useOwnName } = usePreviewSource();
  const ownName = useOwnName();
  const name = channel.name || ownName;
  const handle = channel.handle === null ? '' : `@${channel.handle.replace(/^@/, '')}`;
  return (
    <div className={classes['byline']} data-form={look.byline}>
      <span className={classes['avatar']} aria-hidden>
        {initialsOf(name)}
      </span>
      <span className={classes['names']}>
        <strong>{name}</strong>
        {look.byline === 'name-and-time' ? (
          <span className={classes['quiet']}>
            Just now · <IconWorld size={13} aria-label="Public" />
          </span>
        ) : (
          <span className={classes['quiet']}>{handle}</span>
        )}
        {look.byline === 'one-line' && <span className={`${classes['quiet']} ${classes['when']}`}>· now</span>}
      </span>
      {look.byline === 'two-lines' && <span className={classes['quiet']}>now</span>}
    </div>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => word !== '');
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('');
}
