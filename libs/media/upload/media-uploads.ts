import { Inject, Injectable } from '@nestjs/common';
import { type IncomingMessage } from 'node:http';
import { validate as isId } from 'uuid';
import {
  CONFIG,
  type Config,
  Database,
  type FieldError,
  type IdempotencyClaim,
  once,
  Problem,
  requestHashOf,
  row,
} from '#kernel';
import { asProblem } from '../as-problem.js';
import { MAX_ALT_TEXT } from '../library/media-library.js';
import { type MediaView, type Uploader } from '../library/view.js';
import { WorkFolders } from '../run/workspace.js';
import { MediaIntake } from './media-intake.js';
import { readUpload, type Upload } from './upload.js';

/** Whose library a file goes into, and who puts it there. */
export interface UploadTarget {
  organizationId: string;
  workspaceId: string;
  /** Left out where nobody knows. */
  uploadedBy?: Uploader | undefined;
}

/** What may be said of a file beside its name. */
const FIELDS: ReadonlySet<string> = new Set(['altText', 'folderId']);

/** Takes files that come whole, in one multipart request. */
@Injectable()
export class MediaUploads {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'mediaMaxBytes'>,
    private readonly intake: MediaIntake,
    private readonly work: WorkFolders,
  ) {}

  /**
   * Takes one file out of a multipart request. Throws a problem that names the field; then nothing is kept.
   * @param claim knows the request by what was read of it: the file, its name and the text fields
   */
  async upload(target: UploadTarget, request: IncomingMessage, claim?: IdempotencyClaim): Promise<MediaView> {
    const { organizationId, workspaceId } = target;
    await this.requireWorkspace(organizationId, workspaceId);
    return this.work.use(async (directory) => {
      const options = { directory, maxBytes: this.config.mediaMaxBytes };
      const { path, bytes, digest, filename, fields } = await asProblem(() => readUpload(request, options));
      checkFields(fields);
      const file = {
        ...target,
        path,
        bytes,
        digest,
        filename,
        altText: fields['altText'],
        folderId: fields['folderId'],
      };
      const read = claim && { ...claim, requestHash: requestHashOf({ digest, filename, fields }) };
      return this.intake.takeIn(file, (add) => once(this.database, organizationId, read, add));
    });
  }

  private async requireWorkspace(organizationId: string, workspaceId: string): Promise<void> {
    const found = await this.database.tenant(organizationId, (tx) =>
      row(tx, 'select id from workspaces where id = $1', [workspaceId]),
    );
    if (!found) throw Problem.notFound();
  }
}

function checkFields(fields: Upload['fields']): void {
  const errors: FieldError[] = Object.keys(fields)
    .filter((name) => !FIELDS.has(name))
    .map((name) => ({
      field: name,
      rule: 'unknown-field',
      message: `An upload has no field "${name}".`,
      remedy: 'Leave it out; beside "file" there are only "altText" and "folderId".',
    }));
  errors.push(...wrongDescription(fields));
  if (errors.length > 0) throw Problem.validation(errors);
}

/** What is wrong with what is said of a file. */
export function wrongDescription({ altText, folderId }: { altText?: string; folderId?: string }): FieldError[] {
  const errors: FieldError[] = [];
  if ((altText ?? '').length > MAX_ALT_TEXT) {
    const message = `The description is longer than ${MAX_ALT_TEXT} characters.`;
    errors.push({ field: 'altText', rule: 'maxLength', message, remedy: 'Shorten it.' });
  }
  if (folderId !== undefined && !isId(folderId)) {
    const message = 'This is no id of a folder.';
    errors.push({ field: 'folderId', rule: 'isUuid', message, remedy: 'Send the id of a folder, or leave it out.' });
  }
  return errors;
}
