import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { CONFIG, type Config, Database, Problem, row, type Transaction, withRequestScope } from '#kernel';
import { MediaLibrary } from '../library/media-library.js';
import { MediaStorage } from '../library/storage-quota.js';
import { sanitiseFilename } from './filename.js';
import { wrongDescription } from './media-uploads.js';
import { UPLOAD_HOURS } from './limits.js';
import { RECEIVED_FILES, type ReceivedFiles } from './received-files.js';
import { UploadChecks } from './upload-checks.js';
import { type UploadActor, type UploadRecord, type UploadView } from './upload-record.js';

/** Uploads of one person that may be unfinished at the same time, and of all of an organization. */
const MAX_PER_PERSON = 50;
const MAX_PER_ORGANIZATION = 500;

/** What somebody wants to upload in pieces. */
export interface AnnouncedUpload {
  organizationId: string;
  workspaceId: string;
  actor: UploadActor;
  filename: string | undefined;
  altText?: string | undefined;
  folderId?: string | undefined;
  bytes: number;
}

/** Files that come in pieces: what was announced, what has come, and what became of it. */
@Injectable()
export class Uploads {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'mediaMaxBytes'>,
    @Inject(RECEIVED_FILES) private readonly files: ReceivedFiles,
    private readonly library: MediaLibrary,
    private readonly quota: MediaStorage,
    private readonly checks: UploadChecks,
  ) {}

  /**
   * Makes room for a new upload, and answers its id. Sent again it is another upload.
   * @throws Problem 413, 422 for what is wrong already now, 429 while too many are unfinished, 507
   */
  async begin(upload: AnnouncedUpload): Promise<string> {
    const { organizationId, workspaceId, actor, bytes, altText, folderId } = upload;
    this.requireSensible(upload);
    await this.quota.requireRoom(organizationId, workspaceId, { bytes });
    await this.files.requireRoom(bytes);
    const id = uuid();
    await this.database.tenant(organizationId, async (tx) => {
      await requireFew(tx, organizationId, actor.userId);
      await requireFolder(tx, workspaceId, folderId);
      await tx.query(
        `insert into uploads (id, organization_id, workspace_id, user_id, actor, filename, alt_text, folder_id, bytes, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + make_interval(hours => $10))`,
        [
          ...[id, organizationId, workspaceId, actor.userId, JSON.stringify(actor), sanitiseFilename(upload.filename)],
          ...[altText ?? null, folderId ?? null, bytes, UPLOAD_HOURS],
        ],
      );
    });
    return id;
  }

  /** @throws Problem 404 */
  async find(organizationId: string, id: string): Promise<UploadRecord> {
    const found = await this.database.tenant(organizationId, (tx) =>
      row<UploadRecord>(tx, 'select * from uploads where id = $1 and expires_at > now()', [id]),
    );
    if (!found) throw Problem.notFound('There is no such upload, or it has expired. Begin a new one.');
    return found;
  }

  /** How an upload stands. What nobody looked at although all of it is there is looked at now. @throws Problem 404 */
  async view(organizationId: string, id: string): Promise<UploadView> {
    const record = await this.resume(await this.find(organizationId, id));
    const { state, media_id: mediaId, problem } = record;
    const bytes = Number(record.bytes);
    const received = state === 'receiving' ? ((await this.files.bytes(id)) ?? 0) : bytes;
    const media = mediaId === null ? undefined : await orNothing(this.library.get(organizationId, mediaId));
    return {
      ...{ id, workspaceId: record.workspace_id, state, filename: record.filename, bytes, received },
      ...(media && { media }),
      ...(problem && { problem }),
    };
  }

  /** Takes up what was left when its process died between the last byte and the look at it. */
  async resume(record: UploadRecord): Promise<UploadRecord> {
    switch (record.state) {
      case 'checking':
        this.checks.start(record.id);
        return record;
      case 'receiving': {
        const received = await this.files.bytes(record.id);
        if (received !== Number(record.bytes)) return record;
        await this.received(record.id);
        return { ...record, state: 'checking' };
      }
      case 'done':
      case 'refused':
        return record;
    }
  }

  /** All bytes are there: from now on they are looked at, whoever is still connected. */
  async received(id: string): Promise<void> {
    const complete = await withRequestScope(() =>
      this.database.engine((tx) =>
        row(tx, `update uploads set state = 'checking' where id = $1 and state = 'receiving' returning id`, [id]),
      ),
    );
    if (complete) this.checks.start(id);
  }

  /** Nobody goes on with it. What is in the library already stays there. */
  async cancel({ id, organization_id: organizationId }: UploadRecord): Promise<void> {
    const problem = new Problem('gone', 'The upload was cancelled.');
    await this.database.tenant(organizationId, (tx) =>
      tx.query(
        `update uploads set state = 'refused', problem = $2 where id = $1 and state in ('receiving', 'checking')`,
        [id, JSON.stringify(problem)],
      ),
    );
  }

  /** What was announced never came to be: nothing of it is kept. */
  async forget(id: string): Promise<void> {
    await this.files.remove(id);
    await this.database.engine((tx) => tx.query('delete from uploads where id = $1', [id]));
  }

  private requireSensible({ bytes, altText, folderId }: AnnouncedUpload): void {
    const errors = wrongDescription({
      ...(altText !== undefined && { altText }),
      ...(folderId !== undefined && { folderId }),
    });
    if (bytes < 1) {
      errors.push({
        field: 'Upload-Length',
        rule: 'media.empty',
        message: 'The file is empty.',
        remedy: 'Choose a file that has content.',
      });
    }
    if (errors.length > 0) throw Problem.validation(errors);
    if (bytes > this.config.mediaMaxBytes) throw Problem.payloadTooLarge(this.config.mediaMaxBytes);
  }
}

/** One after the other for each person, so that nobody begins more by beginning them at once. */
async function requireFew(tx: Transaction, organizationId: string, userId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('uploads ' || $1, 0))`, [organizationId]);
  const unfinished = await row<{ own: number; all: number }>(
    tx,
    `select count(*) filter (where user_id = $2)::int as own, count(*)::int as all from uploads
      where organization_id = $1 and state in ('receiving', 'checking') and expires_at > now()`,
    [organizationId, userId],
  );
  const { own = 0, all = 0 } = unfinished ?? {};
  if (own < MAX_PER_PERSON && all < MAX_PER_ORGANIZATION) return;
  const whose = own >= MAX_PER_PERSON ? `You have ${own}` : `Your organization has ${all}`;
  throw Problem.tooManyRequests(
    60,
    `${whose} unfinished uploads. Finish or cancel some of them, then begin this one again.`,
  );
}

async function requireFolder(tx: Transaction, workspaceId: string, folderId: string | undefined): Promise<void> {
  if (folderId === undefined) return;
  const found = await row(tx, 'select id from media_folders where id = $1 and workspace_id = $2', [
    folderId,
    workspaceId,
  ]);
  if (found) return;
  throw Problem.validation([
    {
      field: 'folderId',
      rule: 'exists',
      message: 'There is no such folder in this workspace.',
      remedy: 'Choose another folder, or none.',
    },
  ]);
}

/** Nothing for what the library does not have any more. */
async function orNothing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return undefined;
    throw error;
  }
}
