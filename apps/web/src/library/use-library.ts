import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type Media } from '../api/queries.js';
import { type Folder, pathOf } from './folders.js';
import { filesQuery, foldersQuery } from './queries.js';
import { filterOf, isFiltered, type LibrarySearch } from './search.js';
import { among, extended, NOTHING, toggled } from './selection.js';

const NONE: readonly Folder[] = [];

/** What the library shows of a workspace for a search, and what is chosen of it. */
export function useLibrary(workspaceId: string, search: LibrarySearch) {
  const query = useInfiniteQuery(filesQuery(workspaceId, filterOf(search)));
  const { data: folders = NONE } = useQuery(foldersQuery(workspaceId));
  const files: readonly Media[] | undefined = useMemo(
    () => query.data?.pages.flatMap(({ data }) => data),
    [query.data],
  );
  const shown = useMemo(() => (files ?? []).map(({ id }) => id), [files]);
  const [selection, setSelection] = useState(NOTHING);
  const chosen = useMemo(() => among(selection, shown).ids, [selection, shown]);
  const inside = folders.filter(({ parentId }) => parentId === (search.folder ?? null));
  return {
    query,
    files,
    folders,
    /** The folder that is open and those in which it lies. */
    path: pathOf(folders, search.folder),
    /** The folders that lie in the one that is open; none where something is looked for. */
    inside: isFiltered(search) ? NONE : inside,
    chosen,
    choose: (id: string, range: boolean) =>
      setSelection((before) => (range ? extended(before, id, shown) : toggled(before, id))),
    chooseAll: () => setSelection({ ids: new Set(shown), from: undefined }),
    chooseNone: () => setSelection(NOTHING),
  };
}

/** What `useLibrary` answers. */
export type Library = ReturnType<typeof useLibrary>;
