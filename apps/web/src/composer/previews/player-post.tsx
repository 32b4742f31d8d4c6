import { Text } from '@mantine/core';
import { IconLock, IconPlaylist, IconShare3, IconThumbDown, IconThumbUp } from '@tabler/icons-react';
import { sentText } from '#platforms/core';
import { Avatar, useNames } from './byline.js';
import { detailsOf } from './details.js';
import { FoldedText } from './folded-text.js';
import gallery from './gallery.module.css';
import { type PlayerLook } from './look.js';
import classes from './player.module.css';
import { type PreviewItem } from './preview-source.js';
import { ShownFile, useSeenFiles } from './shown-file.js';

/** A video in the player, and below it its title, whose it is, its description and the first comment. */
export function PlayerPost({ item, look }: { item: PreviewItem; look: PlayerLook }) {
  const { channel, content, supports } = item;
  const { name } = useNames(item);
  const details = detailsOf(look.details, content.settings);
  const [file] = useSeenFiles(content.media.slice(0, 1), channel.id, 0);
  const comment = supports.firstComment ? content.firstComment.trim() : '';
  const text = sentText(content, channel.limits.text);
  return (
    <div className={classes['post']}>
      <div className={classes['player']}>
        {file ? <ShownFile file={file} /> : <Text size="sm">Add a video to see it in the player.</Text>}
      </div>
      <strong className={classes['title']} data-open={details.title === undefined || undefined}>
        {details.title ?? 'No title yet'}
      </strong>
      <div className={classes['who']}>
        <Avatar name={name} />
        <strong>{name}</strong>
        <span className={classes['subscribe']} aria-hidden>
          Subscribe
        </span>
      </div>
      <div className={classes['signs']} aria-hidden>
        <span>
          <IconThumbUp size={16} /> Like
        </span>
        <span>
          <IconThumbDown size={16} />
        </span>
        <span>
          <IconShare3 size={16} /> Share
        </span>
      </div>
      <div className={classes['about']}>
        {(details.visibility !== undefined || details.notes.length > 0) && (
          <span className={classes['fact']}>
            {details.visibility !== undefined && <IconLock size={14} aria-label="Seen by:" />}
            {[details.visibility, ...details.notes].filter((one) => one !== undefined).join(' · ')}
          </span>
        )}
        {text.trim() === '' ? (
          <Text size="sm" c="dimmed">
            No description yet.
          </Text>
        ) : (
          <FoldedText text={text} look={look} isLarge={false} />
        )}
        {details.board !== undefined && (
          <span className={classes['fact']}>
            <IconPlaylist size={15} aria-label="Playlist:" /> {details.board}
          </span>
        )}
      </div>
      {comment !== '' && (
        <div className={gallery['comment']}>
          <span className={gallery['caption']}>First comment</span>
          <FoldedText text={comment} look={look} isLarge={false} by={name} />
        </div>
      )}
    </div>
  );
}
