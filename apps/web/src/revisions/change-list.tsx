import { Stack, Text } from '@mantine/core';
import { MarkedText } from './marked-text.js';
import classes from './revisions.module.css';

/** One difference, as the API tells it. */
export interface ShownChange {
  field: string;
  kind: 'text' | 'value' | 'media' | 'channel';
  label: string;
  before: string | null;
  after: string | null;
  media?: { before: readonly string[]; after: readonly string[] };
}

interface ChangeListProps {
  changes: readonly ShownChange[];
  /** Where an image is read. */
  mediaAddress: (id: string) => string;
}

/** What differs between two versions of a post, one thing below the other. */
export function ChangeList({ changes, mediaAddress }: ChangeListProps) {
  if (changes.length === 0) {
    return <Text size="sm">Nothing differs in what goes out.</Text>;
  }
  return (
    <Stack component="ul" gap="md" className={classes['changes'] ?? ''}>
      {changes.map((change) => (
        <li key={`${change.field} ${change.kind}`}>
          <Text size="xs" c="dimmed" fw={600} mb={4}>
            {change.label}
          </Text>
          <ChangeBody change={change} mediaAddress={mediaAddress} />
        </li>
      ))}
    </Stack>
  );
}

function ChangeBody({ change, mediaAddress }: { change: ShownChange; mediaAddress: ChangeListProps['mediaAddress'] }) {
  const { kind, before, after, media } = change;
  switch (kind) {
    case 'text':
      return <MarkedText before={before ?? ''} after={after ?? ''} />;
    case 'value':
      return <FromTo before={before ?? 'None'} after={after ?? 'None'} />;
    case 'channel':
      return <Text size="sm">{after === null ? `${before} was taken away.` : `${after} was added.`}</Text>;
    case 'media':
      return (
        <dl className={classes['sides']}>
          <dt>Before</dt>
          <dd>
            <Images ids={media?.before ?? []} names={before} address={mediaAddress} />
          </dd>
          <dt>Now</dt>
          <dd>
            <Images ids={media?.after ?? []} names={after} address={mediaAddress} />
          </dd>
        </dl>
      );
  }
}

function FromTo({ before, after }: { before: string; after: string }) {
  return (
    <dl className={classes['sides']}>
      <dt>Before</dt>
      <dd>{before}</dd>
      <dt>Now</dt>
      <dd>{after}</dd>
    </dl>
  );
}

interface ImagesProps {
  ids: readonly string[];
  names: string | null;
  address: (id: string) => string;
}

function Images({ ids, names, address }: ImagesProps) {
  if (ids.length === 0) return 'No images';
  return (
    <div role="img" aria-label={names ?? ''} className={classes['images']}>
      {ids.map((id, index) => (
        <img key={`${id} ${index}`} className={classes['image']} src={address(id)} alt="" loading="lazy" />
      ))}
    </div>
  );
}
