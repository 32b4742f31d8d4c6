import { Inject, Injectable } from '@nestjs/common';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import {
  Database,
  type FieldError,
  type FileStorage,
  type IdempotencyClaim,
  once,
  Problem,
  requestHashOf,
  row,
  STORAGE,
} from '#kernel';
import { asProblem } from '../as-problem.js';
import { MAX_ALT_TEXT, MediaLibrary, type MediaView } from '../library/media-library.js';
import { probeImage } from '../run/probe.js';
import { readUpload, type Upload } from './upload.js';

/** Takes files in: whatever way they come, they are checked by their content before anything is kept. */
@Injectable()
export class MediaUploads {
  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: FileStorage,
    private readonly library: MediaLibrary,
  ) {}

  /**
   * Takes one file out of a multipart request. Throws a problem that names the field; then nothing is kept.
   * @param claim knows the request by what was read of it: the file, its name and the text fields
   */
  async upload(
    organizationId: string,
    workspaceId: string,
    request: IncomingMessage,
    claim?: IdempotencyClaim,
  ): Promise<MediaView> {
    await this.requireWorkspace(organizationId, workspaceId);
    const upload = await asProblem(() => readUpload(request, { directory: tmpdir() }));
    const { digest, filename, fields } = upload;
    try {
      checkFields(fields);
      const facts = await asProblem(() => probeImage(upload.path));
      // Equal bytes of one organization are one file.
      const key = `${organizationId}/originals/${digest}`;
      if (!(await this.storage.stat(key)))
        await this.storage.put(key, createReadStream(upload.path), facts.contentType);
      const read = claim && { ...claim, requestHash: requestHashOf({ digest, filename, fields }) };
      return await once(this.database, organizationId, read, (tx) =>
        this.library.add(tx, {
          organizationId,
          workspaceId,
          filename,
          altText: fields['altText'],
          digest,
          facts,
          storageKey: key,
        }),
      );
    } finally {
      await rm(upload.path, { force: true });
    }
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
    .filter((name) => name !== 'altText')
    .map((name) => ({
      field: name,
      rule: 'unknown-field',
      message: `An upload has no field "${name}".`,
      remedy: 'Leave it out; beside "file" there is only "altText".',
    }));
  if ((fields['altText'] ?? '').length > MAX_ALT_TEXT) {
    const message = `The description is longer than ${MAX_ALT_TEXT} characters.`;
    errors.push({ field: 'altText', rule: 'maxLength', message, remedy: 'Shorten it.' });
  }
  if (errors.length > 0) throw Problem.validation(errors);
}
