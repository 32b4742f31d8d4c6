import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, Database, Problem, row, type Transaction } from '#kernel';

/** The most that a workspace can be allowed: what a number holds exactly. */
export const MAX_QUOTA_BYTES = Number.MAX_SAFE_INTEGER;

const GIGABYTE = 1_000_000_000;

/** How much a workspace keeps, and how much it may. */
export interface MediaQuotaView {
  usedBytes: number;
  allowedBytes: number;
  /** It is what the installation gives to each workspace. */
  isDefault: boolean;
}

/** A file that wants in. */
export interface StoredFile {
  organizationId: string;
  workspaceId: string;
  digest: string;
  bytes: number;
}

interface StorageRecord {
  used_bytes: string;
  allowed_bytes: string | null;
}

/** How much the files of each workspace may take. Equal files of a workspace count once; deleted ones do not count. */
@Injectable()
export class MediaStorage {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'mediaQuotaBytes'>,
  ) {}

  /** @throws Problem 404 where there is no such workspace */
  async get(organizationId: string, workspaceId: string): Promise<MediaQuotaView> {
    return this.database.tenant(organizationId, async (tx) => {
      const found = await row<StorageRecord>(
        tx,
        `select coalesce(s.used_bytes, 0) as used_bytes, s.allowed_bytes
           from workspaces w left join media_storage s on s.workspace_id = w.id where w.id = $1`,
        [workspaceId],
      );
      if (!found) throw Problem.notFound();
      return this.view(found);
    });
  }

  /**
   * @param allowedBytes null = what the installation gives to each workspace. Less than is used already refuses further
   *   files and takes none away.
   */
  async set(organizationId: string, workspaceId: string, allowedBytes: number | null): Promise<MediaQuotaView> {
    return this.database.tenant(organizationId, async (tx) => {
      if (!(await row(tx, 'select 1 from workspaces where id = $1', [workspaceId]))) throw Problem.notFound();
      await lockStorage(tx, organizationId, workspaceId);
      const changed = await row<StorageRecord>(
        tx,
        'update media_storage set allowed_bytes = $2 where workspace_id = $1 returning used_bytes, allowed_bytes',
        [workspaceId, allowedBytes],
      );
      if (!changed) throw new Error('The storage of the workspace is locked, so it is there.');
      return this.view(changed);
    });
  }

  /**
   * Refuses what cannot fit, before its bytes are kept: at the beginning of an upload by its length, and when it is there also
   * by its digest. What really counts is decided by `take`.
   * @throws Problem 422 `quota-exceeded`
   */
  async requireRoom(
    organizationId: string,
    workspaceId: string,
    { bytes, digest }: { bytes: number; digest?: string },
  ): Promise<void> {
    await this.database.tenant(organizationId, async (tx) => {
      if (digest !== undefined && (await isKept(tx, workspaceId, digest))) return;
      const found = await row<StorageRecord>(
        tx,
        'select used_bytes, allowed_bytes from media_storage where workspace_id = $1',
        [workspaceId],
      );
      this.refuseExcess(this.view(found ?? { used_bytes: '0', allowed_bytes: null }), bytes);
    });
  }

  /**
   * Counts a file that is added in this transaction, one after the other in its workspace.
   * @throws Problem 422 `quota-exceeded`
   */
  async take(tx: Transaction, { organizationId, workspaceId, digest, bytes }: StoredFile): Promise<void> {
    const storage = await lockStorage(tx, organizationId, workspaceId);
    if (await isKept(tx, workspaceId, digest)) return;
    this.refuseExcess(this.view(storage), bytes);
    await tx.query('update media_storage set used_bytes = used_bytes + $2 where workspace_id = $1', [
      workspaceId,
      bytes,
    ]);
  }

  /** Counts files no more that were deleted in this transaction, as far as no equal one is left in the workspace. */
  async giveBack(
    tx: Transaction,
    organizationId: string,
    workspaceId: string,
    digests: readonly string[],
  ): Promise<void> {
    await lockStorage(tx, organizationId, workspaceId);
    await tx.query(
      `update media_storage set used_bytes = greatest(0, used_bytes - coalesce((
         select sum(bytes) from (
           select distinct digest, bytes from media_assets a where workspace_id = $1 and digest = any($2)
              and not exists (select 1 from media_assets o
                               where o.workspace_id = $1 and o.digest = a.digest and o.deleted_at is null)) gone), 0))
        where workspace_id = $1`,
      [workspaceId, digests],
    );
  }

  private view({ used_bytes: used, allowed_bytes: allowed }: StorageRecord): MediaQuotaView {
    return {
      usedBytes: Number(used),
      allowedBytes: allowed === null ? this.config.mediaQuotaBytes : Number(allowed),
      isDefault: allowed === null,
    };
  }

  private refuseExcess({ usedBytes, allowedBytes }: MediaQuotaView, bytes: number): void {
    if (usedBytes + bytes <= allowedBytes) return;
    const message =
      `The file has ${sizeText(bytes)}. The workspace uses ${sizeText(usedBytes)} of the ${sizeText(allowedBytes)} ` +
      'that it is allowed.';
    const remedy =
      'Delete files that no post needs any more, or ask an admin of the organization to allow the workspace more.';
    throw new Problem('quota-exceeded', `${message} ${remedy}`, {
      errors: [{ field: 'file', rule: 'media.quota-exceeded', message, remedy }],
      extra: { usedBytes, allowedBytes, neededBytes: bytes },
    });
  }
}

/** Lets everybody else who adds, deletes or moves in the workspace's library wait until the transaction ends. */
export async function lockStorage(
  tx: Transaction,
  organizationId: string,
  workspaceId: string,
): Promise<StorageRecord> {
  await tx.query(
    'insert into media_storage (workspace_id, organization_id) values ($1, $2) on conflict (workspace_id) do nothing',
    [workspaceId, organizationId],
  );
  const locked = await row<StorageRecord>(
    tx,
    'select used_bytes, allowed_bytes from media_storage where workspace_id = $1 for update',
    [workspaceId],
  );
  if (!locked) throw Problem.notFound();
  return locked;
}

async function isKept(tx: Transaction, workspaceId: string, digest: string): Promise<boolean> {
  const kept = await row(
    tx,
    'select 1 from media_assets where workspace_id = $1 and digest = $2 and deleted_at is null limit 1',
    [workspaceId, digest],
  );
  return kept !== undefined;
}

/** As people say it: `1.2 GB`, `350 MB`, `12 kB`. */
function sizeText(bytes: number): string {
  if (bytes >= GIGABYTE) return `${(bytes / GIGABYTE).toFixed(1).replace(/\.0$/, '')} GB`;
  if (bytes >= 1_000_000) return `${Math.round(bytes / 1_000_000)} MB`;
  return bytes >= 1_000 ? `${Math.round(bytes / 1_000)} kB` : `${bytes} bytes`;
}
