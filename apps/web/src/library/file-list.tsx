import { Button, Skeleton } from '@mantine/core';
import { type UseInfiniteQueryResult } from '@tanstack/react-query';
import { type Media } from '../api/queries.js';
import { type FileActions, FileItem } from './file-item.js';
import classes from './files.module.css';

interface FileListProps extends FileActions {
  files: readonly Media[];
  chosen: ReadonlySet<string>;
  isRows: boolean;
  query: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
}

/** The files that were found, as pictures or as rows, and a way to more of them. */
export function FileList({ files, chosen, isRows, query, ...actions }: FileListProps) {
  return (
    <>
      <ul className={classes[isRows ? 'rows' : 'grid']} data-choosing={chosen.size > 0 || undefined} aria-label="Files">
        {files.map((media) => (
          <FileItem key={media.id} media={media} isChosen={chosen.has(media.id)} isRow={isRows} {...actions} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="default"
          mx="auto"
          mt="md"
          display="block"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show more files
        </Button>
      )}
    </>
  );
}

const CARDS = 12;
const CARD_PX = 186;
const ROW_PX = 62;

/** Where files will be. */
export function FileListSkeleton({ isRows }: { isRows: boolean }) {
  return (
    <div aria-busy="true">
      <span className="visually-hidden" role="status">
        Loading
      </span>
      <div className={isRows ? '' : classes['grid']}>
        {Array.from({ length: CARDS }, (_, at) => (
          <Skeleton key={at} height={isRows ? ROW_PX : CARD_PX} radius="lg" mb={isRows ? 4 : 0} />
        ))}
      </div>
    </div>
  );
}
