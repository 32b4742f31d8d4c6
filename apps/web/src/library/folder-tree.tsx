import { ActionIcon, Group, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconDots, IconFolder, IconFolderPlus, IconFolders, IconPencil, IconTrash } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useState } from 'react';
import { type Folder, type FolderNode, treeOf } from './folders.js';
import classes from './folders.module.css';

/** What can be done with folders. */
export interface FolderActions {
  /** Null = what lies in no folder. */
  onOpen: (id: string | null) => void;
  /** Puts the files that are being dragged into a folder; null = into none. */
  onDrop: (id: string | null, event: DragEvent) => void;
  onCreate: (parentId: string | null) => void;
  onRename: (folder: Folder) => void;
  onMove: (folder: Folder) => void;
  onDelete: (folder: Folder) => void;
}

interface FolderTreeProps {
  folders: readonly Folder[];
  open: string | undefined;
  mayWrite: boolean;
  actions: FolderActions;
}

/** All folders of a library at its side. */
export function FolderTree({ folders, open, mayWrite, actions }: FolderTreeProps) {
  return (
    <nav aria-label="Folders">
      <Group justify="space-between" mb={4}>
        <Text component="h2" size="sm" fw={600}>
          Folders
        </Text>
        {mayWrite && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label="New folder"
            onClick={() => actions.onCreate(null)}
          >
            <IconFolderPlus size={18} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      <ul className={classes['tree']}>
        <li>
          <Place
            isOpen={open === undefined}
            onOpen={() => actions.onOpen(null)}
            onDrop={(event) => actions.onDrop(null, event)}
          >
            <IconFolders size={18} stroke={1.7} aria-hidden />
            <span className={classes['name']}>Library</span>
          </Place>
        </li>
        {treeOf(folders).map((node) => (
          <Branch key={node.folder.id} node={node} open={open} mayWrite={mayWrite} actions={actions} />
        ))}
      </ul>
    </nav>
  );
}

interface BranchProps extends Omit<FolderTreeProps, 'folders'> {
  node: FolderNode;
}

function Branch({ node: { folder, inside }, open, mayWrite, actions }: BranchProps) {
  return (
    <li>
      <div className={classes['branch']}>
        <Place
          isOpen={open === folder.id}
          onOpen={() => actions.onOpen(folder.id)}
          onDrop={(event) => actions.onDrop(folder.id, event)}
        >
          <IconFolder size={18} stroke={1.7} aria-hidden />
          <span className={classes['name']}>{folder.name}</span>
          <FileCount count={folder.count} />
        </Place>
        {mayWrite && <FolderMenu folder={folder} actions={actions} />}
      </div>
      {inside.length > 0 && (
        <ul className={classes['tree']}>
          {inside.map((node) => (
            <Branch key={node.folder.id} node={node} open={open} mayWrite={mayWrite} actions={actions} />
          ))}
        </ul>
      )}
    </li>
  );
}

interface PlaceProps {
  isOpen: boolean;
  onOpen: () => void;
  onDrop: (event: DragEvent) => void;
  children: ReactNode;
}

/** A folder that can be opened, and takes what is dropped on it. */
function Place({ isOpen, onOpen, onDrop, children }: PlaceProps) {
  const drop = useDropTarget(onDrop);
  return (
    <UnstyledButton
      className={classes['place'] ?? ''}
      aria-current={isOpen ? 'true' : undefined}
      onClick={onOpen}
      {...drop}
    >
      {children}
    </UnstyledButton>
  );
}

/** The kind of what is dragged from the list of files. */
export const DRAGGED = 'application/x-clickpost-media';

/** Marks a place while files of the library are dragged over it, and takes them. */
function useDropTarget(onDrop: (event: DragEvent) => void) {
  const [isOver, setOver] = useState(false);
  const isOurs = (event: DragEvent) => event.dataTransfer.types.includes(DRAGGED);
  return {
    'data-over': isOver || undefined,
    onDragOver: (event: DragEvent) => {
      if (!isOurs(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false);
      if (!isOurs(event)) return;
      event.preventDefault();
      onDrop(event);
    },
  };
}

/** What can be done with one folder. */
export function FolderMenu({ folder, actions }: { folder: Folder; actions: FolderActions }) {
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon
          className={classes['menu'] ?? ''}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={`What to do with the folder ${folder.name}`}
        >
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFolderPlus size={16} aria-hidden />} onClick={() => actions.onCreate(folder.id)}>
          New folder in it
        </Menu.Item>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => actions.onRename(folder)}>
          Rename
        </Menu.Item>
        <Menu.Item leftSection={<IconFolder size={16} aria-hidden />} onClick={() => actions.onMove(folder)}>
          Move to…
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => actions.onDelete(folder)}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function FileCount({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className={classes['count']}>
      {count}
      <span className="visually-hidden"> {count === 1 ? 'file' : 'files'}</span>
    </span>
  );
}

interface FolderTilesProps {
  folders: readonly Folder[];
  actions: Pick<FolderActions, 'onOpen' | 'onDrop'>;
}

/** The folders that lie in the one that is open, above its files. */
export function FolderTiles({ folders, actions }: FolderTilesProps) {
  if (folders.length === 0) return null;
  return (
    <ul className={classes['tiles']} aria-label="Folders here">
      {folders.map((folder) => (
        <li key={folder.id} className={classes['tile']}>
          <Place
            isOpen={false}
            onOpen={() => actions.onOpen(folder.id)}
            onDrop={(event) => actions.onDrop(folder.id, event)}
          >
            <IconFolder size={20} stroke={1.7} aria-hidden />
            <span className={classes['name']}>{folder.name}</span>
            <FileCount count={folder.count} />
          </Place>
        </li>
      ))}
    </ul>
  );
}
