import { type FeedLook } from './look.js';
import classes from './previews.module.css';
import { type SeenFile, shapeWithin, ShownFile } from './shown-file.js';

interface ImageGridProps {
  /** Images and videos. */
  files: readonly SeenFile[];
  look: FeedLook;
  /** What is written over them where they are hidden behind a warning. */
  veil: string | undefined;
}

/** A single image keeps its shape between these; what is beyond is cropped. Width by height. */
const SHAPES: Readonly<Record<FeedLook['grid'], readonly [tallest: number, widest: number]>> = {
  bluesky: [0.5, 3],
  mastodon: [0.75, 3],
  facebook: [0.8, 3],
  // Upright pictures are cut at three to four.
  x: [0.75, 3],
  linkedin: [0.8, 3],
  plain: [0.5, 3],
  strip: [0.5, 3],
};

/** Images and videos as they lie in the feed, in the shape that the channel gets, cropped as the network crops them. */
export function ImageGrid({ files, look, veil }: ImageGridProps) {
  const seen = files.slice(0, look.imagesSeen);
  const hidden = files.length - seen.length;
  const isStrip = look.grid === 'strip' && seen.length > 1;
  const shapeOf = (file: SeenFile | undefined) => shapeWithin(file?.shape ?? 16 / 9, SHAPES[look.grid]);
  return (
    <div
      className={classes[isStrip ? 'strip' : 'grid']}
      data-grid={look.grid}
      data-count={seen.length}
      data-veiled={veil !== undefined || undefined}
      style={seen.length === 1 ? aloneStyle(shapeOf(seen[0]), look) : undefined}
      {...(isStrip && { role: 'group', tabIndex: 0, 'aria-label': `${seen.length} files side by side` })}
    >
      {seen.map((file, index) => (
        <div key={file.id} className={classes['cell']} style={isStrip ? { aspectRatio: shapeOf(file) } : undefined}>
          <ShownFile file={file} />
          {look.altBadge && file.altText.trim() !== '' && (
            <span className={classes['alt']} data-side={look.altBadge} aria-hidden>
              ALT
            </span>
          )}
          {hidden > 0 && index === seen.length - 1 && <span className={classes['more']}>+{hidden}</span>}
          {isStrip && veil !== undefined && <span className={classes['veil']}>{veil}</span>}
        </div>
      ))}
      {!isStrip && veil !== undefined && <span className={classes['veil']}>{veil}</span>}
    </div>
  );
}

/** In rem. Beyond it a file that stands alone gets narrower, where the network cuts nothing off. */
const HIGHEST_ALONE = 26;

function aloneStyle(shape: number, { grid }: FeedLook) {
  if (grid !== 'strip') return { aspectRatio: shape };
  return { aspectRatio: shape, width: `min(100%, ${shape * HIGHEST_ALONE}rem)` };
}
