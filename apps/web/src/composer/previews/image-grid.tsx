import { type MediaItem } from '../draft.js';
import { type Look } from './looks.js';
import { usePreviewSource } from './preview-source.js';
import classes from './previews.module.css';

interface ImageGridProps {
  images: readonly MediaItem[];
  look: Look;
  /** Hidden behind a warning. */
  isVeiled: boolean;
}

/** A single image keeps its shape between these; what is beyond is cropped. Width by height. */
const SHAPES: Readonly<Record<Look['grid'], readonly [tallest: number, widest: number]>> = {
  bluesky: [0.5, 3],
  mastodon: [0.75, 3],
  facebook: [0.8, 3],
  plain: [0.5, 3],
};

/** Images as they lie in the feed, cropped as the network crops them. */
export function ImageGrid({ images, look, isVeiled }: ImageGridProps) {
  const { address, useFacts } = usePreviewSource();
  const facts = useFacts(images.map(({ id }) => id));
  const seen = images.slice(0, look.imagesSeen);
  const hidden = images.length - seen.length;
  const first = facts[0];
  const [tallest, widest] = SHAPES[look.grid];
  const shape = first ? Math.min(widest, Math.max(tallest, first.width / first.height)) : 16 / 9;
  return (
    <div
      className={classes['grid']}
      data-grid={look.grid}
      data-count={seen.length}
      data-veiled={isVeiled || undefined}
      style={seen.length === 1 ? { aspectRatio: shape } : undefined}
    >
      {seen.map(({ id, altText }, index) => (
        <div key={id} className={classes['cell']}>
          <img src={address(id, 800)} alt={altText.trim() === '' ? `Image ${index + 1}, not described yet` : altText} />
          {look.altBadge && altText.trim() !== '' && (
            <span className={classes['alt']} data-side={look.altBadge} aria-hidden>
              ALT
            </span>
          )}
          {hidden > 0 && index === seen.length - 1 && <span className={classes['more']}>+{hidden}</span>}
        </div>
      ))}
      {isVeiled && <span className={classes['veil']}>Sensitive content</span>}
    </div>
  );
}
