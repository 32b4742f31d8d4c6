import { Alert, Button, Skeleton, Text } from '@mantine/core';
import { IconCloudOff, IconLock } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { memo, type ReactNode } from 'react';
import { describeError } from '../api/problem.js';
import { durationInWords } from '../media/words.js';
import classes from './composer.module.css';
import { networkName, type SelectedChannel, useCalmComposer } from './context.js';
import { Avatar } from './previews/byline.js';
import { type Terms, termsQuery } from './terms.js';
import { type FileKinds } from '../ui/manifest-values.js';

/** Asks the networks as soon as their channels are chosen, so that the answer is there when somebody gets to the settings. */
export const TermsAhead = memo(function TermsAhead() {
  const { selected } = useCalmComposer();
  useQueries({ queries: selected.map(({ channel }) => termsQuery(channel.id)) });
  return null;
});

/** As whom the post will appear, and what the network says of it right now; nothing where it says nothing. */
export function TermsPart({ item }: { item: SelectedChannel }) {
  const { data: terms, error, isFetching, refetch } = useQuery(termsQuery(item.channel.id));
  const network = networkName(item);
  const again = (
    <Button size="xs" mt="sm" variant="default" loading={isFetching} onClick={() => void refetch()}>
      Try again
    </Button>
  );
  return (
    <div aria-live="polite" aria-busy={isFetching && terms === undefined}>
      {terms === undefined && error === null && isFetching && <Skeleton height={40} mb="md" />}
      {error !== null && terms === undefined && (
        <Alert color="yellow" mb="md" icon={<IconCloudOff aria-hidden />} title={`${network} cannot be asked`}>
          <Text size="sm">
            Before a post {network} says as whom it appears and what may be chosen. {describeError(error).detail} It is
            asked again before the post goes out.
          </Text>
          {again}
        </Alert>
      )}
      {terms && <Told terms={terms} network={network} kinds={item.kinds} again={again} />}
    </div>
  );
}

interface ToldProps {
  terms: Terms;
  network: string;
  kinds: FileKinds;
  /** To ask the network once more. */
  again: ReactNode;
}

function Told({ terms: { account, closed, maxVideoMs }, network, kinds, again }: ToldProps) {
  const mayBeVideo = kinds.length === 0 || kinds.includes('video');

  return (
    <>
      {account && (
        <div className={classes['postsAs']}>
          <Avatar name={account.name} />
          <Text size="sm">
            Posts to {network} as <strong>{account.name}</strong>
            {account.handle !== undefined && ` @${account.handle.replace(/^@/, '')}`}
            {maxVideoMs !== undefined && mayBeVideo && (
              <Text span inherit c="dimmed">
                . Videos may be up to {durationInWords(maxVideoMs)} long.
              </Text>
            )}
          </Text>
        </div>
      )}
      {closed !== undefined && (
        <Alert color="red" mb="md" icon={<IconLock aria-hidden />} title={`${network} takes no post right now`}>
          <Text size="sm">{closed}</Text>
          {again}
        </Alert>
      )}
    </>
  );
}
