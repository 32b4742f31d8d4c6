import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import { recordAudit } from '#accounts';
import { Database, Problem, row, type Transaction, withRequestScope } from '#kernel';
import { type MediaView } from '../library/view.js';
import { WorkFolders } from '../run/workspace.js';
import { hashFile } from './hash-file.js';
import { type AddToLibrary, MediaIntake } from './media-intake.js';
import { RECEIVED_FILES, type ReceivedFiles } from './received-files.js';
import { type UploadLease, UploadLeases } from './upload-leases.js';
import { UPLOAD_ACTION, type UploadRecord } from './upload-record.js';

/** Files of one process that are looked at at the same time: each is read through once. */
const AT_ONCE = 2;
/** What could not be looked at is left alone for so long, however often somebody asks how it stands. */
const REST_MS = 30_000;

/** Looks at what has been received, and puts it into the library or says why not; each upload once, whoever is told of it. */
@Injectable()
export class UploadChecks implements BeforeApplicationShutdown {
  private readonly logger = new Logger(UploadChecks.name);
  private readonly leases: UploadLeases;
  private readonly waiting = new Set<string>();
  private readonly running = new Set<Promise<void>>();
  /** Under way, or not to be tried again for a moment. */
  private readonly busy = new Set<string>();
  private stopping = false;

  constructor(
    private readonly database: Database,
    @Inject(RECEIVED_FILES) private readonly files: ReceivedFiles,
    private readonly intake: MediaIntake,
    private readonly work: WorkFolders,
  ) {
    this.leases = new UploadLeases(database);
  }

  /** Looks at an upload soon, in the background and for nobody in particular. */
  start(id: string): void {
    if (this.busy.has(id)) return;
    this.waiting.add(id);
    this.next();
  }

  /** What waits is taken up by another process, or at the next start. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running);
  }

  private next(): void {
    const [id] = this.waiting;
    if (id === undefined || this.stopping || this.running.size >= AT_ONCE) return;
    this.waiting.delete(id);
    this.busy.add(id);
    // What the request may see and has to write down is not ours.
    const check = withRequestScope(() => this.checkOrLog(id)).finally(() => {
      this.running.delete(check);
      this.next();
    });
    this.running.add(check);
    this.next();
  }

  private async checkOrLog(id: string): Promise<void> {
    try {
      const lease = await this.leases.take(id);
      if (!lease) return void this.busy.delete(id);
      try {
        await this.check(id, lease);
      } finally {
        await lease.release();
      }
      this.busy.delete(id);
    } catch (error) {
      setTimeout(() => this.busy.delete(id), REST_MS).unref();
      this.logger.error({ err: error, uploadId: id }, 'An upload could not be looked at; that is tried again.');
    }
  }

  private async check(id: string, lease: UploadLease): Promise<void> {
    const record = await this.database.engine((tx) =>
      row<UploadRecord>(tx, `select * from uploads where id = $1 and state = 'checking'`, [id]),
    );
    if (!record) return;
    // After a power failure less may be there than was.
    if ((await this.files.bytes(id)) !== Number(record.bytes)) return this.awaitRest(id, lease);
    try {
      await this.work.use((folder) => this.takeIn(record, lease, folder));
    } catch (error) {
      if (error instanceof Superseded) return;
      if (!isFinal(error)) throw error;
      await this.refuse(record, lease, error);
    }
    await this.tidy(id);
  }

  private async awaitRest(id: string, lease: UploadLease): Promise<void> {
    await this.database.engine((tx) =>
      tx.query(`update uploads set state = 'receiving' where id = $1 and state = 'checking' and lease = $2`, [
        id,
        lease.id,
      ]),
    );
  }

  private async takeIn(record: UploadRecord, lease: UploadLease, folder: string): Promise<void> {
    const { path, storageKey } = await this.files.local(record.id, folder);
    const file = {
      organizationId: record.organization_id,
      workspaceId: record.workspace_id,
      path,
      bytes: Number(record.bytes),
      digest: await hashFile(path),
      filename: record.filename,
      altText: record.alt_text ?? undefined,
      folderId: await this.folderOf(record),
      uploadedBy: { id: record.user_id, name: record.actor.name },
      storageKey,
    };
    await this.intake.takeIn(file, (add) =>
      this.database.organization(record.organization_id, (tx) => this.finish(tx, record, lease, add)),
    );
  }

  /** The folder that was chosen, unless it was deleted in the meantime. */
  private async folderOf({
    organization_id: organizationId,
    folder_id: folderId,
  }: UploadRecord): Promise<string | undefined> {
    if (folderId === null) return undefined;
    const found = await this.database.organization(organizationId, (tx) =>
      row(tx, 'select id from media_folders where id = $1', [folderId]),
    );
    return found === undefined ? undefined : folderId;
  }

  /** The asset, the outcome and what the audit log says of it, together or not at all. */
  private async finish(
    tx: Transaction,
    record: UploadRecord,
    lease: UploadLease,
    add: AddToLibrary,
  ): Promise<MediaView> {
    const media = await add(tx);
    const finished = await row(
      tx,
      `update uploads set state = 'done', media_id = $3 where id = $1 and state = 'checking' and lease = $2 returning id`,
      [record.id, lease.id, media.id],
    );
    if (!finished) throw new Superseded();
    await recordAudit(tx, {
      ...record.actor,
      organizationId: record.organization_id,
      operation: 'uploadMedia',
      action: UPLOAD_ACTION,
      subject: { type: 'media', id: media.id, name: media.filename },
      workspaceId: record.workspace_id,
    });
    return media;
  }

  private async refuse({ id, organization_id: organizationId }: UploadRecord, lease: UploadLease, problem: Problem) {
    await this.database.organization(organizationId, (tx) =>
      tx.query(
        `update uploads set state = 'refused', problem = $3 where id = $1 and state = 'checking' and lease = $2`,
        [id, lease.id, JSON.stringify(problem)],
      ),
    );
  }

  /** Removes what was received, once its outcome is written down. */
  private async tidy(id: string): Promise<void> {
    await this.files.remove(id);
    await this.database.engine((tx) =>
      tx.query(`update uploads set received = false where id = $1 and state in ('done', 'refused')`, [id]),
    );
  }
}

/** Whether it stays as it is however often it is tried: not a full disk, or a store that does not answer. */
function isFinal(error: unknown): error is Problem {
  if (!(error instanceof Problem)) return false;
  return error.status < 500 || (error.errors ?? []).some(({ rule }) => rule.startsWith('media.'));
}

/** Somebody else has taken the upload over, or cancelled it: what was done here counts for nothing. */
class Superseded extends Error {
  override readonly name = 'Superseded';
}
