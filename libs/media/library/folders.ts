import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Database, type IdempotencyClaim, once, Problem, row, rows, type Transaction, violatedUnique } from '#kernel';
import { lockStorage } from './storage-quota.js';

/** Folders lie in each other up to this deep; 1 = one level. */
export const MAX_FOLDER_DEPTH = 5;
/** Folders of one workspace. */
export const MAX_FOLDERS = 500;
/** Characters of the name of a folder. */
export const MAX_FOLDER_NAME = 100;

/** A folder of a workspace's library. */
export interface FolderView {
  id: string;
  /** Null = it lies in no other. */
  parentId: string | null;
  name: string;
  /** 1 = it lies in no other. */
  depth: number;
  /** Files that lie in it itself. */
  count: number;
  /** For `If-Match`. */
  version: number;
}

/** What is to change of a folder; what is left out stays. */
export interface FolderChange {
  name?: string | undefined;
  /** Null = out of all folders. */
  parentId?: string | null | undefined;
}

interface FolderRecord {
  id: string;
  organization_id: string;
  workspace_id: string;
  parent_id: string | null;
  name: string;
  depth: number;
  version: number;
}

const SELECT_FOLDER = `
  select f.id, f.parent_id as "parentId", f.name, f.depth, f.version,
         (select count(*)::int from media_assets a where a.folder_id = f.id and a.current and a.deleted_at is null) as count
    from media_folders f`;

/** The folders of a workspace's library. Changes of the tree follow one another, so it never has a cycle. */
@Injectable()
export class MediaFolders {
  constructor(private readonly database: Database) {}

  /** All of a workspace, parents before what lies in them, then by name. @throws Problem 404 */
  async list(organizationId: string, workspaceId: string): Promise<FolderView[]> {
    return this.database.tenant(organizationId, async (tx) => {
      await requireWorkspace(tx, workspaceId);
      return rows<FolderView>(tx, `${SELECT_FOLDER} where f.workspace_id = $1 order by f.depth, lower(f.name), f.id`, [
        workspaceId,
      ]);
    });
  }

  /** @throws Problem 404 */
  async get(organizationId: string, id: string): Promise<FolderView> {
    return this.database.tenant(organizationId, (tx) => folderIn(tx, id));
  }

  /** @throws Problem 404 for a parent that is not there; 409 for a name that is taken; 422 for too deep or too many */
  async create(
    organizationId: string,
    workspaceId: string,
    { name, parentId }: { name: string; parentId: string | null },
    claim: IdempotencyClaim | undefined,
  ): Promise<FolderView> {
    return once(this.database, organizationId, claim, async (tx) => {
      await requireWorkspace(tx, workspaceId);
      await lockStorage(tx, organizationId, workspaceId);
      const depth = parentId === null ? 1 : (await lockFolder(tx, workspaceId, parentId, 'key share')).depth + 1;
      refuseDeep(depth);
      const kept = await row<{ count: number }>(
        tx,
        'select count(*)::int as count from media_folders where workspace_id = $1',
        [workspaceId],
      );
      if ((kept?.count ?? 0) >= MAX_FOLDERS) throw tooMany();
      const id = uuid();
      await named(name, () =>
        tx.query(
          `insert into media_folders (id, organization_id, workspace_id, parent_id, name, depth) values ($1, $2, $3, $4, $5, $6)`,
          [id, organizationId, workspaceId, parentId, name, depth],
        ),
      );
      return folderIn(tx, id);
    });
  }

  /** Renames or moves a folder with all that lies in it. @throws the same problems, and 412 for a stale version */
  async change(organizationId: string, id: string, version: number, change: FolderChange): Promise<FolderView> {
    return this.database.tenant(organizationId, async (tx) => {
      const folder = await this.lock(tx, organizationId, id, version);
      const parentId = change.parentId === undefined ? folder.parent_id : change.parentId;
      const depth =
        parentId === null ? 1 : (await lockFolder(tx, folder.workspace_id, parentId, 'key share')).depth + 1;
      const below = await subtree(tx, id);
      if (parentId !== null && below.some((inner) => inner.id === parentId)) throw intoItself();
      const shift = depth - folder.depth;
      refuseDeep(Math.max(...below.map((inner) => inner.depth)) + shift);
      const name = change.name ?? folder.name;
      await named(name, () =>
        tx.query(
          'update media_folders set name = $2, parent_id = $3, depth = $4, version = version + 1 where id = $1',
          [id, name, parentId, depth],
        ),
      );
      const inner = below.map((one) => one.id).filter((one) => one !== id);
      await tx.query('update media_folders set depth = depth + $2 where id = any($1)', [inner, shift]);
      return folderIn(tx, id);
    });
  }

  /** Takes a folder away. What lies in it comes to lie where the folder lay. @throws Problem 404, 412 */
  async remove(organizationId: string, id: string, version: number): Promise<void> {
    await this.database.tenant(organizationId, async (tx) => {
      const { workspace_id: workspaceId, parent_id: parentId } = await this.lock(tx, organizationId, id, version);
      // Whoever is putting a file into it has done so now.
      await lockFolder(tx, workspaceId, id, 'update');
      await tx.query('update media_assets set folder_id = $2 where folder_id = $1', [id, parentId]);
      const below = await subtree(tx, id);
      for (const inner of below.filter((one) => one.parent_id === id)) {
        const name = await freeName(tx, workspaceId, parentId, inner.name, id);
        await tx.query('update media_folders set parent_id = $2, name = $3 where id = $1', [inner.id, parentId, name]);
      }
      const inner = below.map((one) => one.id).filter((one) => one !== id);
      await tx.query('update media_folders set depth = depth - 1 where id = any($1)', [inner]);
      await tx.query('delete from media_folders where id = $1', [id]);
    });
  }

  private async lock(tx: Transaction, organizationId: string, id: string, version: number): Promise<FolderRecord> {
    const seen = await row<FolderRecord>(tx, 'select * from media_folders where id = $1', [id]);
    if (!seen) throw Problem.notFound();
    await lockStorage(tx, organizationId, seen.workspace_id);
    const folder = await row<FolderRecord>(tx, 'select * from media_folders where id = $1', [id]);
    if (!folder) throw Problem.notFound();
    if (folder.version !== version) throw Problem.preconditionFailed();
    return folder;
  }
}

/**
 * A folder that cannot be taken away until the transaction ends.
 * @throws Problem 404 for one that the workspace does not have
 */
export async function lockFolder(
  tx: Transaction,
  workspaceId: string,
  id: string,
  strength: 'key share' | 'update',
): Promise<{ depth: number }> {
  const folder = await row<{ depth: number }>(
    tx,
    `select depth from media_folders where id = $1 and workspace_id = $2 for ${strength}`,
    [id, workspaceId],
  );
  if (folder) return folder;
  const message = 'This workspace has no such folder.';
  const remedy = 'Use an id from GET /v1/workspaces/{id}/media/folders, or null for no folder.';
  throw Problem.notFound(message, { errors: [{ field: 'folderId', rule: 'unknown-folder', message, remedy }] });
}

async function folderIn(tx: Transaction, id: string): Promise<FolderView> {
  const folder = await row<FolderView>(tx, `${SELECT_FOLDER} where f.id = $1`, [id]);
  if (!folder) throw Problem.notFound();
  return folder;
}

/** A folder and all that lie in it. */
function subtree(tx: Transaction, id: string): Promise<FolderRecord[]> {
  return rows<FolderRecord>(
    tx,
    `with recursive tree as (
       select * from media_folders where id = $1
       union all select f.* from media_folders f join tree on f.parent_id = tree.id)
     select * from tree`,
    [id],
  );
}

/** The name, or the first of `Name 2`, `Name 3` … that nothing in the folder has. */
async function freeName(
  tx: Transaction,
  workspaceId: string,
  parentId: string | null,
  name: string,
  leaving: string,
): Promise<string> {
  const taken = await rows<{ name: string }>(
    tx,
    'select lower(name) as name from media_folders where workspace_id = $1 and parent_id is not distinct from $2 and id <> $3',
    [workspaceId, parentId, leaving],
  );
  const names = new Set(taken.map((one) => one.name));
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : ` ${number}`;
    const next = `${name.slice(0, MAX_FOLDER_NAME - suffix.length)}${suffix}`;
    if (!names.has(next.toLowerCase())) return next;
  }
}

async function named(name: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (violatedUnique(error) !== 'media_folders_name') throw error;
    const message = `There is a folder "${name}" here already.`;
    throw new Problem('already-exists', `${message} Use it, or choose another name.`, {
      errors: [{ field: 'name', rule: 'media.folder-exists', message, remedy: 'Choose another name.' }],
    });
  }
}

async function requireWorkspace(tx: Transaction, id: string): Promise<void> {
  if (!(await row(tx, 'select 1 from workspaces where id = $1', [id]))) throw Problem.notFound();
}

function refuseDeep(depth: number): void {
  if (depth <= MAX_FOLDER_DEPTH) return;
  const message = `Folders lie in each other at most ${MAX_FOLDER_DEPTH} deep; this would be ${depth}.`;
  const remedy = 'Put it into a folder that lies further up.';
  throw Problem.validation([{ field: 'parentId', rule: 'media.folder-too-deep', message, remedy }]);
}

function intoItself(): Problem {
  const message = 'A folder cannot lie in itself, or in one of its own.';
  return Problem.validation([
    { field: 'parentId', rule: 'media.folder-in-itself', message, remedy: 'Choose a folder outside of it.' },
  ]);
}

function tooMany(): Problem {
  const message = `A workspace has at most ${MAX_FOLDERS} folders.`;
  const remedy = 'Delete folders that nobody needs, or use tags.';
  return Problem.validation([{ field: 'name', rule: 'media.too-many-folders', message, remedy }]);
}
