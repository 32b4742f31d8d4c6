import { FeedPost } from './feed-post.js';
import { GalleryPost } from './gallery-post.js';
import { type NetworkLook } from './look.js';
import { formatLook } from './looks.js';
import { PinPost } from './pin-post.js';
import { PlacePost } from './place-post.js';
import { PlayerPost } from './player-post.js';
import { type PreviewItem } from './preview-source.js';
import classes from './previews.module.css';
import { TallPost } from './tall-post.js';

/** The post as its network shows it in the format that is chosen, with what is published below it. */
export function FeedPreview({ item, look }: { item: PreviewItem; look: NetworkLook }) {
  const { channel, content, platform } = item;
  const chosen = formatLook(look, content.settings);
  return (
    <>
      {chosen.family === 'feed' && <FeedPost item={item} look={chosen} />}
      {chosen.family === 'gallery' && <GalleryPost item={item} look={chosen} />}
      {chosen.family === 'pin' && <PinPost item={item} look={chosen} />}
      {chosen.family === 'player' && <PlayerPost item={item} look={chosen} />}
      {chosen.family === 'place' && <PlacePost item={item} look={chosen} />}
      {chosen.family === 'tall' && <TallPost item={item} look={chosen} />}
      {content.link !== undefined && !channel.limits.link.supported && (
        <p className={classes['small']}>
          {platform?.name ?? channel.platform} has no field for a link; this one is not sent.
        </p>
      )}
    </>
  );
}
