import { Inject, Injectable, Optional } from '@nestjs/common';
import { CONFIG, type Config, type FileStorage, STORAGE, type Transaction } from '#kernel';
import { asProblem } from '../as-problem.js';
import { MediaLibrary } from '../library/media-library.js';
import { MediaStorage } from '../library/storage-quota.js';
import { type MediaView, type Uploader } from '../library/view.js';
import { type MediaFacts } from '../plan/facts.js';
import { probeMedia } from '../run/probe.js';
import { requireFitting } from './limits.js';

/** Injection token: the MIME types of documents that some network takes. */
export const DOCUMENT_TYPES = Symbol('document types');

/** A file of this machine that wants into a library. */
export interface IncomingFile {
  organizationId: string;
  workspaceId: string;
  path: string;
  bytes: number;
  /** SHA-256, hex. */
  digest: string;
  filename: string;
  altText?: string | undefined;
  folderId?: string | undefined;
  uploadedBy?: Uploader | undefined;
  /** Where the same bytes lie in the storage already. */
  storageKey?: string | undefined;
}

/** Adds the file to the library, in the transaction of whoever took it in. */
export type AddToLibrary = (tx: Transaction) => Promise<MediaView>;

/** The one way into the library: whatever way a file came, it is checked by its content before anything is kept. */
@Injectable()
export class MediaIntake {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'mediaMaxBytes'>,
    @Inject(STORAGE) private readonly storage: FileStorage,
    private readonly library: MediaLibrary,
    private readonly quota: MediaStorage,
    @Optional() @Inject(DOCUMENT_TYPES) private readonly documentTypes: readonly string[] = [],
  ) {}

  /**
   * Checks a file and stores it; equal bytes of one organization are one file, also when they come at the same time.
   * @param keep adds it to the library, in one transaction with whatever else belongs to it
   * @throws Problem 422 for what is no image, video or document that can be used, or has no room in the workspace; 413
   */
  async takeIn<T>(file: IncomingFile, keep: (add: AddToLibrary) => Promise<T>): Promise<T> {
    const { organizationId, workspaceId, digest, bytes } = file;
    await this.quota.requireRoom(organizationId, workspaceId, { bytes, digest });
    const facts = await asProblem(() => this.probe(file.path));
    const storageKey = `${organizationId}/originals/${digest}`;
    await this.store(file, storageKey, facts);
    const { filename, altText, folderId, uploadedBy } = file;
    return keep((tx) =>
      this.library.add(tx, {
        ...{ organizationId, workspaceId, filename, altText, digest, facts, storageKey, folderId, uploadedBy },
      }),
    );
  }

  private async probe(path: string): Promise<MediaFacts> {
    const facts = await probeMedia(path, { acceptedDocuments: this.documentTypes });
    requireFitting(facts, this.config.mediaMaxBytes);
    return facts;
  }

  private async store({ path, storageKey }: IncomingFile, to: string, facts: MediaFacts): Promise<void> {
    const stored = await this.storage.stat(to);
    if (stored?.bytes === facts.bytes) return;
    if (storageKey === undefined) await this.storage.putFile(to, path, facts.contentType);
    else await this.storage.copy(storageKey, to, facts.contentType);
  }
}
