import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { platformsQuery } from '../api/queries.js';
import { CopyButton, CopyIcon } from '../ui/copy-button.js';
import classes from './attention.module.css';
import { type AttentionItem } from './queries.js';
import { summaryOf } from './summary.js';

const KINDS: Record<NonNullable<AttentionItem['failure']>['kind'], string> = {
  auth: 'Sign-in',
  permission: 'Permission',
  'rate-limit': 'Rate limit',
  media: 'Media',
  content: 'Content',
  duplicate: 'Duplicate',
  unavailable: 'Not reachable',
  unknown: 'Unknown',
};

/** What a platform's support asks for: of what kind the failure is, its code, the id of the request; all to be copied. */
export function AttentionFacts({ item }: { item: AttentionItem }) {
  const { data: platforms = [] } = useQuery(platformsQuery);
  const { failure, platform } = item;
  const platformName = platforms.find(({ id }) => id === platform)?.name ?? platform;
  const address = () => new URL(`/w/${item.workspaceId}/posts/${item.postId}`, window.location.origin).toString();
  return (
    <div className={classes['facts']}>
      {failure && (
        <Text span inherit>
          Kind: {KINDS[failure.kind]}
        </Text>
      )}
      {failure?.platformCode !== undefined && <Copied name="Code" value={failure.platformCode} label="Copy the code" />}
      {failure?.requestId !== undefined && (
        <Copied name="Request id" value={failure.requestId} label="Copy the request id" />
      )}
      <CopyButton
        label="Copy for support"
        text={() => summaryOf(item, platformName, address())}
        size="compact-xs"
        className={classes['copy'] ?? ''}
      />
    </div>
  );
}

function Copied({ name, value, label }: { name: string; value: string; label: string }) {
  return (
    <span className={classes['fact']}>
      <span>
        {name}: <span className={classes['value']}>{value}</span>
      </span>
      <CopyIcon text={() => value} label={label} />
    </span>
  );
}
