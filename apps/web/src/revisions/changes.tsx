import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { QueryView } from '../ui/query-view.js';
import { ChangeList } from './change-list.js';
import { changesQuery } from './queries.js';

interface ChangesProps {
  postId: string;
  from: number;
  to: number;
}

/** What differs between two revisions of a post. */
export function Changes({ postId, from, to }: ChangesProps) {
  const query = useQuery(changesQuery(postId, from, to));
  return (
    <QueryView query={query} skeleton={<Skeleton height={60} />}>
      {({ changes }) => <ChangeList changes={changes} mediaAddress={(id) => `/v1/media/${id}/content?width=400`} />}
    </QueryView>
  );
}
