import { type Schema } from '../api/client.js';

export type Folder = Schema<'FolderDto'>;

/** A folder with what lies in it. */
export interface FolderNode {
  folder: Folder;
  inside: FolderNode[];
}

/** The folders as a tree, in the order in which they are given. */
export function treeOf(folders: readonly Folder[], parentId: string | null = null): FolderNode[] {
  return folders
    .filter((folder) => folder.parentId === parentId)
    .map((folder) => ({ folder, inside: treeOf(folders, folder.id) }));
}

/** A folder and those in which it lies, the outermost first; nothing for one that is not there. */
export function pathOf(folders: readonly Folder[], id: string | undefined): Folder[] {
  const path: Folder[] = [];
  let next = folders.find((folder) => folder.id === id);
  while (next && !path.includes(next)) {
    path.unshift(next);
    const { parentId } = next;
    next = folders.find((folder) => folder.id === parentId);
  }
  return path;
}

/** The deepest level there is. */
export const DEEPEST = 5;

/** A folder and all that lie in it, at any depth. */
export function withInside(folders: readonly Folder[], id: string): Set<string> {
  const found = new Set([id]);
  // Parents stand before what lies in them.
  for (const folder of folders) if (folder.parentId !== null && found.has(folder.parentId)) found.add(folder.id);
  return found;
}

/** Whether a folder, with all that lies in it, may be put into another: not into itself, and not too deep. */
export function mayLieIn(folders: readonly Folder[], id: string, target: Folder): boolean {
  const moved = folders.filter((folder) => withInside(folders, id).has(folder.id));
  if (moved.some((folder) => folder.id === target.id)) return false;
  const top = moved.find((folder) => folder.id === id);
  const levels = Math.max(...moved.map(({ depth }) => depth)) - (top?.depth ?? 1) + 1;
  return target.depth + levels <= DEEPEST;
}
