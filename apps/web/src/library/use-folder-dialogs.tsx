import { type ReactNode, useState } from 'react';
import { confirm } from '../ui/confirm.js';
import { notifyDone } from '../ui/notify.js';
import { MoveDialog, NameFolder } from './folder-dialogs.js';
import { type Folder, mayLieIn } from './folders.js';
import { useCreateFolder, useDeleteFolder, useUpdateFolder } from './use-changes.js';

type Open =
  | { kind: 'create'; parentId: string | null }
  | { kind: 'rename'; folder: Folder }
  | { kind: 'move'; folder: Folder }
  | undefined;

interface FolderDialogs {
  create: (parentId: string | null) => void;
  rename: (folder: Folder) => void;
  move: (folder: Folder) => void;
  /** Asks first. */
  remove: (folder: Folder) => void;
  /** To be shown on the screen. */
  dialog: ReactNode;
}

/**
 * What is asked about folders.
 * @param onDeleted with the one that is gone
 */
export function useFolderDialogs(
  workspaceId: string,
  folders: readonly Folder[],
  onDeleted: (folder: Folder) => void,
): FolderDialogs {
  const [open, setOpen] = useState<Open>();
  const create = useCreateFolder(workspaceId);
  const update = useUpdateFolder();
  const removal = useDeleteFolder();
  const show = (next: Open) => {
    create.reset();
    update.reset();
    setOpen(next);
  };
  const close = () => setOpen(undefined);
  const remove = async (folder: Folder) => {
    const sure = await confirm({
      title: `Delete the folder ${folder.name}?`,
      children: 'Its files and folders are not deleted. They come to lie where the folder lay.',
      confirm: 'Delete the folder',
      danger: true,
    });
    if (!sure) return;
    removal.mutate(folder, {
      onSuccess: () => {
        notifyDone('The folder is deleted. What lay in it is kept.');
        onDeleted(folder);
      },
    });
  };
  return {
    create: (parentId) => show({ kind: 'create', parentId }),
    rename: (folder) => show({ kind: 'rename', folder }),
    move: (folder) => show({ kind: 'move', folder }),
    remove: (folder) => void remove(folder),
    dialog: dialogOf(open),
  };

  function dialogOf(asked: Open): ReactNode {
    switch (asked?.kind) {
      case undefined:
        return null;
      case 'create':
        return (
          <NameFolder
            title="New folder"
            confirm="Make the folder"
            name=""
            isPending={create.isPending}
            error={create.error}
            onSubmit={(name) => create.mutate({ name, parentId: asked.parentId }, { onSuccess: close })}
            onClose={close}
          />
        );
      case 'rename':
        return (
          <NameFolder
            title={`Rename ${asked.folder.name}`}
            confirm="Rename"
            name={asked.folder.name}
            isPending={update.isPending}
            error={update.error}
            onSubmit={(name) => update.mutate({ folder: asked.folder, change: { name } }, { onSuccess: close })}
            onClose={close}
          />
        );
      case 'move':
        return (
          <MoveDialog
            title={`Move ${asked.folder.name}`}
            folders={folders}
            from={asked.folder.parentId}
            mayLieIn={(target) => mayLieIn(folders, asked.folder.id, target)}
            isPending={update.isPending}
            error={update.error}
            onMove={(parentId) => update.mutate({ folder: asked.folder, change: { parentId } }, { onSuccess: close })}
            onClose={close}
          />
        );
    }
  }
}
