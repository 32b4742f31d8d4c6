import { Stack, Text } from '@mantine/core';
import { type Schema } from '../api/client.js';
import { AnchoredText } from '../comments/anchored-text.js';
import { ImagePins } from '../comments/image-pins.js';
import { pinsOn } from '../comments/places.js';
import { type Review, reviewImage } from './queries.js';
import { filesInWords, highlightsOf, imagesOf, textsOf } from './review-places.js';

type NewAnchor = Schema<'NewAnchorDto'>;

interface PlaceChooserProps {
  token: string;
  post: Review['post'];
  comments: Review['comments'];
  /** The thread that is being looked at. */
  active: string | undefined;
  /** What the next comment will be about. */
  place: NewAnchor | undefined;
  onActivate: (id: string) => void;
  onChoose: (place: NewAnchor) => void;
}

/** The texts, images and videos of a post, to choose a place in them; what was said about them is marked. */
export function PlaceChooser({ token, post, comments, active, place, onActivate, onChoose }: PlaceChooserProps) {
  const { revision } = post;
  const texts = textsOf(post);
  const several = post.channels.length > 1;
  const files = filesInWords(post);
  return (
    <Stack gap="md" mt="sm">
      <Text size="sm" c="dimmed">
        {files === undefined ? 'Select words.' : `Select words, or tap a point of ${files}.`}
      </Text>
      {texts.map((shown) => (
        <div key={`${shown.part} ${shown.channels[0]?.id}`}>
          {several && (
            <Text size="xs" c="dimmed">
              {shown.channels.map(({ name }) => name).join(', ')}
            </Text>
          )}
          <AnchoredText
            text={shown.text}
            label={shown.label}
            highlights={highlightsOf(comments, shown)}
            active={active}
            onActivate={onActivate}
            onComment={(selected) => {
              const [channel] = shown.channels;
              onChoose({
                ...{ type: 'text', revision, part: shown.part, ...selected },
                ...(channel && { channelId: channel.id }),
              });
            }}
          />
        </div>
      ))}
      {imagesOf(post).map(({ id, kind, altText }) => (
        <ImagePins
          key={id}
          pins={pinsOn(comments, id)}
          active={active}
          onActivate={onActivate}
          {...(place?.mediaId === id && { chosen: { x: place.x ?? 0.5, y: place.y ?? 0.5 } })}
          onChoose={(point) => onChoose({ type: 'image', revision, mediaId: id, ...point })}
        >
          <img
            src={reviewImage(token, id, 800)}
            alt={altText ?? (kind === 'video' ? 'Video of the post' : 'Image of the post')}
          />
        </ImagePins>
      ))}
    </Stack>
  );
}
