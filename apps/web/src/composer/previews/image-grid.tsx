import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { durationInWords } from '../../media/words.js';
import { type MediaItem } from '../draft.js';
import { type Look } from './looks.js';
import { type PreviewFacts, type PreviewPlan, usePreviewSource } from './preview-source.js';
import classes from './previews.module.css';

interface ImageGridProps {
  /** Images and videos. */
  images: readonly MediaItem[];
  look: Look;
  channelId: string;
  /** Which message of the channel: 0 is the post itself. */
  segment: number;
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

/** Images and videos as they lie in the feed, in the shape that the channel gets, cropped as the network crops them. */
export function ImageGrid({ images, look, channelId, segment, isVeiled }: ImageGridProps) {
  const { address, useFacts, usePlans, played } = usePreviewSource();
  const plans = usePlans().filter((plan) => plan.channelId === channelId && plan.segment === segment);
  const planOf = (id: string) => plans.find(({ mediaId, action }) => mediaId === id && action !== 'refuse');
  const facts = useFacts(images.map(({ id }) => id));
  const seen = images.slice(0, look.imagesSeen);
  const hidden = images.length - seen.length;
  const first = (images[0] && sized(planOf(images[0].id))) ?? facts[0];
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
          <Shown
            address={address(id, 800)}
            name={altText.trim() === '' ? `${nameOf(facts[index])} ${index + 1}, not described yet` : altText}
            facts={facts[index]}
            plan={planOf(id)}
            played={played}
          />
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

interface ShownProps {
  address: string;
  name: string;
  facts: PreviewFacts | undefined;
  plan: PreviewPlan | undefined;
  played: (plan: PreviewPlan) => string | undefined;
}

/** An image, or a video by its poster, and to play where its version is made. */
function Shown({ address, name, facts, plan, played }: ShownProps) {
  const isVideo = plan ? plan.output === 'video' : facts?.kind === 'video';
  const source = isVideo && plan ? played(plan) : undefined;
  if (source !== undefined) {
    return <video src={source} poster={address} controls preload="none" playsInline aria-label={name} />;
  }
  return (
    <>
      <img src={address} alt={name} />
      {isVideo && (
        <span className={classes['play']}>
          <IconPlayerPlayFilled size={22} aria-hidden />
          <span className="visually-hidden">Video</span>
        </span>
      )}
      {isVideo && (
        <span className={classes['length']}>{durationInWords(plan?.durationMs ?? facts?.durationMs ?? 0)}</span>
      )}
    </>
  );
}

function nameOf(facts: PreviewFacts | undefined): string {
  return facts?.kind === 'video' ? 'Video' : 'Image';
}

/** A plan that tells a size. */
function sized(plan: PreviewPlan | undefined): PreviewPlan | undefined {
  return plan && plan.width > 0 && plan.height > 0 ? plan : undefined;
}
