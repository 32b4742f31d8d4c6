import { Button, FileButton, Group, Paper } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconFolderPlus, IconPhoto, IconSearch, IconUpload } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { type DragEvent } from 'react';
import { useMay, useWorkspace } from '../app/workspace.js';
import { useUploader } from '../media/use-uploader.js';
import { EmptyState } from '../ui/empty-state.js';
import { Page } from '../ui/page.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { BulkBar } from './bulk-bar.js';
import { BulkDialogs } from './bulk-dialogs.js';
import { DetailPanel } from './detail-panel.js';
import { DropFiles } from './drop-files.js';
import { FileList, FileListSkeleton } from './file-list.js';
import { FilterBar } from './filter-bar.js';
import { FolderPath } from './folder-path.js';
import { DRAGGED, type FolderActions, FolderMenu, FolderTiles, FolderTree } from './folder-tree.js';
import classes from './library.module.css';
import { QuotaBar } from './quota-bar.js';
import { changed, cleared, isFiltered, type LibrarySearch } from './search.js';
import { useBulk } from './use-bulk.js';
import { useFolderDialogs } from './use-folder-dialogs.js';
import { type Library, useLibrary } from './use-library.js';

const route = getRouteApi('/signed-in/w/$workspaceId/library');
/** From here on the folders stand at the side. */
const WIDE = '(min-width: 62em)';

/** Everything that a workspace has uploaded: found, sorted into folders, described, replaced, taken away. */
export function LibraryScreen() {
  const { id: workspaceId } = useWorkspace();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const show = (next: LibrarySearch, replace = false) => void navigate({ search: next, replace });
  const mayWrite = useMay('posts.write');
  const isWide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false });
  const library = useLibrary(workspaceId, search);
  const bulk = useBulk(workspaceId, library.chooseNone);
  const uploader = useUploader(workspaceId);
  const { folder } = search;
  const upload = (files: File[]) => void uploader.add(files, folder === undefined ? {} : { folderId: folder });
  const open = (id: string | null) => {
    library.chooseNone();
    show(changed(cleared(search), 'folder', id ?? undefined));
  };
  const dialogs = useFolderDialogs(workspaceId, library.folders, (gone) => {
    if (gone.id === folder) open(gone.parentId);
  });
  const actions: FolderActions = {
    onOpen: open,
    onDrop: (folderId, event) => void bulk.act({ action: 'move', folderId }, draggedIn(event)),
    onCreate: dialogs.create,
    onRename: dialogs.rename,
    onMove: dialogs.move,
    onDelete: dialogs.remove,
  };
  const files = library.files ?? [];
  const here = library.path.at(-1);
  const chosenFiles = files.filter(({ id }) => library.chosen.has(id));
  return (
    <Page
      title="Library"
      description="Images, videos and documents of this workspace."
      actions={mayWrite && <UploadActions onFiles={upload} onFolder={() => dialogs.create(folder ?? null)} />}
    >
      <div className={classes['layout']}>
        {isWide && (
          <aside className={classes['side']} aria-label="Folders and storage">
            <FolderTree folders={library.folders} open={folder} mayWrite={mayWrite} actions={actions} />
            <QuotaBar workspaceId={workspaceId} />
          </aside>
        )}
        <DropFiles onFiles={mayWrite ? upload : undefined}>
          <FilterBar workspaceId={workspaceId} search={search} onChange={(next) => show(next, true)} />
          <FolderPath
            path={library.path}
            onOpen={open}
            menu={mayWrite && here && <FolderMenu folder={here} actions={actions} />}
          />
          <FolderTiles folders={library.inside} actions={actions} />
          <Files
            library={library}
            search={search}
            mayWrite={mayWrite}
            onOpen={(id) => show(changed(search, 'file', id))}
            onClear={() => show(cleared(search))}
          />
          {mayWrite && (
            <BulkBar
              count={library.chosen.size}
              shown={files.length}
              isPending={bulk.isPending}
              onMove={() => bulk.ask({ kind: 'move', files: chosenFiles })}
              onTag={() => bulk.ask({ kind: 'tag', files: chosenFiles })}
              onUntag={() => bulk.ask({ kind: 'untag', files: chosenFiles })}
              onDelete={() => void bulk.remove(chosenFiles)}
              onAll={library.chooseAll}
              onNone={library.chooseNone}
            />
          )}
        </DropFiles>
        {!isWide && <QuotaBar workspaceId={workspaceId} />}
      </div>
      <DetailPanel
        workspaceId={workspaceId}
        id={search.file}
        onClose={() => show(changed(search, 'file', undefined), true)}
        onOpen={(id) => show(changed(search, 'file', id), true)}
        onMove={(media) => bulk.ask({ kind: 'move', files: [media] })}
        onDelete={(media) =>
          void bulk.remove([media]).then((gone) => gone && show(changed(search, 'file', undefined), true))
        }
      />
      <BulkDialogs workspaceId={workspaceId} bulk={bulk} folders={library.folders} files={files} />
      {dialogs.dialog}
    </Page>
  );
}

interface FilesProps {
  library: Library;
  search: LibrarySearch;
  mayWrite: boolean;
  onOpen: (id: string) => void;
  onClear: () => void;
}

function Files({ library, search, mayWrite, onOpen, onClear }: FilesProps) {
  const { query, files, chosen, choose, inside } = library;
  const isRows = search.view === 'list';
  if (query.error && !files) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (!files) return <FileListSkeleton isRows={isRows} />;
  if (files.length === 0) return <Nothing search={search} hasFolders={inside.length > 0} onClear={onClear} />;
  const drag = (id: string, event: DragEvent) => {
    const ids = chosen.has(id) ? [...chosen] : [id];
    event.dataTransfer.setData(DRAGGED, JSON.stringify(ids));
    event.dataTransfer.effectAllowed = 'move';
  };
  return (
    <FileList
      files={files}
      chosen={chosen}
      isRows={isRows}
      query={query}
      onOpen={onOpen}
      onChoose={choose}
      onDrag={mayWrite ? drag : undefined}
    />
  );
}

interface NothingProps {
  search: LibrarySearch;
  hasFolders: boolean;
  onClear: () => void;
}

function Nothing({ search, hasFolders, onClear }: NothingProps) {
  const mayWrite = useMay('posts.write');
  if (isFiltered(search)) {
    return (
      <Paper withBorder>
        <EmptyState icon={IconSearch} title="Nothing fits" action={<Button onClick={onClear}>Clear filters</Button>}>
          Search for the beginning of a word of the name, a tag or the description.
        </EmptyState>
      </Paper>
    );
  }
  if (hasFolders) return null;
  return (
    <Paper withBorder>
      <EmptyState icon={IconPhoto} title={search.folder === undefined ? 'No files yet' : 'This folder is empty'}>
        {mayWrite
          ? 'Upload images, videos and documents, or drop them here. Posts choose from them.'
          : 'What the writers of this workspace upload appears here.'}
      </EmptyState>
    </Paper>
  );
}

function UploadActions({ onFiles, onFolder }: { onFiles: (files: File[]) => void; onFolder: () => void }) {
  return (
    <Group gap="xs">
      <Button variant="default" leftSection={<IconFolderPlus size={18} aria-hidden />} onClick={onFolder}>
        New folder
      </Button>
      <FileButton multiple onChange={onFiles}>
        {(button) => (
          <Button {...button} leftSection={<IconUpload size={18} aria-hidden />}>
            Upload
          </Button>
        )}
      </FileButton>
    </Group>
  );
}

/** The ids of the files that are being dragged. */
function draggedIn(event: DragEvent): string[] {
  const ids: unknown = JSON.parse(event.dataTransfer.getData(DRAGGED));
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}
