import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPhoto, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { type Media } from '../api/queries.js';
import { NARROW_PX } from '../theme/tokens.js';
import { EmptyState } from '../ui/empty-state.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { FileList, FileListSkeleton } from './file-list.js';
import { FilterBar } from './filter-bar.js';
import { FolderPath } from './folder-path.js';
import { FolderTiles } from './folder-tree.js';
import classes from './picker.module.css';
import { changed, cleared, isFiltered, type Kind, type LibrarySearch } from './search.js';
import { type Library, useLibrary } from './use-library.js';
import { filesInWords } from './words.js';

interface MediaPickerProps {
  workspaceId: string;
  opened: boolean;
  onClose: () => void;
  /** With those that were chosen, in the order in which they were. */
  onPick: (media: Media[]) => void;
  /** How many may be chosen; left out = any number. */
  max?: number;
  /** Only files of this kind; left out = of any. */
  kind?: Kind;
}

/** A dialog in which files of the library are chosen. */
export function MediaPicker({ opened, onClose, ...picker }: MediaPickerProps) {
  const isNarrow = useMediaQuery(`(max-width: ${NARROW_PX - 1}px)`, undefined, { getInitialValueInEffect: false });
  return (
    <Modal opened={opened} onClose={onClose} title="Choose from the library" size="xl" fullScreen={isNarrow ?? false}>
      {opened && <Picker onClose={onClose} {...picker} />}
    </Modal>
  );
}

function Picker({ workspaceId, onClose, onPick, max, kind }: Omit<MediaPickerProps, 'opened'>) {
  const [search, setSearch] = useState<LibrarySearch>(kind === undefined ? {} : { kind });
  const [picked, setPicked] = useState<readonly Media[]>([]);
  const library = useLibrary(workspaceId, search);
  const open = (id: string | null) => setSearch(changed(cleared(search), 'folder', id ?? undefined));
  // What was chosen in another folder stays chosen.
  const toggle = (id: string) => {
    const media = library.files?.find((file) => file.id === id);
    if (picked.some((one) => one.id === id)) setPicked(picked.filter((one) => one.id !== id));
    else if (media && kind !== undefined && media.kind !== kind) return;
    else if (media && (max === undefined || picked.length < max)) setPicked([...picked, media]);
    else if (media && max === 1) setPicked([media]);
  };
  const isFull = max !== undefined && max > 1 && picked.length >= max;
  return (
    <Stack gap="md">
      <FilterBar workspaceId={workspaceId} search={search} onChange={setSearch} hasView={false} />
      <FolderPath path={library.path} onOpen={open} />
      <FolderTiles folders={library.inside} actions={{ onOpen: open, onDrop: () => undefined }} />
      <PickedFiles library={library} search={search} chosen={new Set(picked.map(({ id }) => id))} onToggle={toggle} />
      <Group className={classes['foot'] ?? ''} justify="space-between">
        <Text size="sm" role="status">
          {picked.length === 0 ? 'Nothing chosen yet' : `${filesInWords(picked.length)} chosen`}
          {isFull && ', which is all that fits'}
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={picked.length === 0} onClick={() => onPick([...picked])}>
            Use {picked.length > 1 ? `these ${picked.length}` : 'it'}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

interface PickedFilesProps {
  library: Library;
  search: LibrarySearch;
  chosen: ReadonlySet<string>;
  onToggle: (id: string) => void;
}

function PickedFiles({ library: { query, files, inside }, search, chosen, onToggle }: PickedFilesProps) {
  if (query.error && !files) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (!files) return <FileListSkeleton isRows={false} />;
  if (files.length === 0 && inside.length > 0) return null;
  if (files.length === 0) {
    return isFiltered(search) ? (
      <EmptyState icon={IconSearch} title="Nothing fits">
        Search for the beginning of a word of the name, a tag or the description.
      </EmptyState>
    ) : (
      <EmptyState icon={IconPhoto} title="No files here yet">
        Upload them in the post, and they lie here for the next one.
      </EmptyState>
    );
  }
  return <FileList files={files} chosen={chosen} isRows={false} query={query} onOpen={onToggle} onChoose={onToggle} />;
}
