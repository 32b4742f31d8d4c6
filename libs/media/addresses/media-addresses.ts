import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, CONFIG, type Config, type FileStorage, STORAGE, Vault } from '#kernel';
import { sanitiseFilename } from '../upload/filename.js';
import { AddressTokens } from './address-tokens.js';

/** A stored file that somebody without an account may fetch. */
export interface AddressedFile {
  organizationId: string;
  storageKey: string;
  contentType: string;
  bytes: number;
  /** As people know it; its ending is replaced by that of the type. */
  filename: string;
}

/** What an address stands for. */
export interface FoundFile extends Omit<AddressedFile, 'organizationId'> {
  /** Stands for these bytes and no others. */
  tag: string;
}

const DAY_MS = 86_400_000;
/** Networks fetch within minutes; some look again while they process. */
const MIN_DAYS = 2;

/**
 * Public addresses of files, for networks that fetch what they publish. Nothing of them is stored: what they stand for is
 * signed within them.
 */
@Injectable()
export class MediaAddresses {
  private readonly tokens: AddressTokens;

  constructor(
    vault: Vault,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(STORAGE) private readonly storage: FileStorage,
  ) {
    this.tokens = new AddressTokens(vault.deriveKeys('media-address'));
  }

  /**
   * The address of a file; the same all day (UTC), and good for at least two days more. Where the store itself can be reached
   * from outside (`S3_PUBLIC_ENDPOINT`) it is an address of the store.
   */
  async of({ organizationId, storageKey, contentType, bytes, filename }: AddressedFile): Promise<string> {
    if (!storageKey.startsWith(`${organizationId}/`)) throw new Error('The file belongs to another organization.');
    const name = nameOf(filename, contentType);
    const today = Math.floor(this.clock.now().getTime() / DAY_MS);
    const atStore = await this.storage.presign(storageKey, {
      contentType,
      filename: name,
      // Signed as if at midnight, so that it stays the same.
      from: new Date(today * DAY_MS),
      seconds: ((MIN_DAYS + 1) * DAY_MS) / 1000,
    });
    if (atStore !== undefined) return atStore;
    const expiresOn = today + 1 + MIN_DAYS;
    const token = this.tokens.sign({ storageKey, contentType, bytes, name, expiresOn });
    return `${this.config.publicUrl}/media/${token}/${encodeURIComponent(name)}`;
  }

  /** What an address stands for; undefined for what was made up, changed in any character, or has expired. */
  find(token: string, name: string): FoundFile | undefined {
    const read = this.tokens.read(token);
    if (!read || read.name !== name || this.clock.now().getTime() >= read.expiresOn * DAY_MS) return undefined;
    const { storageKey, contentType, bytes } = read;
    return { storageKey, contentType, bytes, filename: name, tag: this.tokens.tagOf(storageKey, bytes) };
  }
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
  'video/x-matroska': 'mkv',
  'application/pdf': 'pdf',
  'application/msword': 'doc',
  'application/vnd.ms-powerpoint': 'ppt',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
};

/** The usual ending of files of a type: some networks go by the end of an address. */
export function extensionOf(contentType: string): string {
  return EXTENSIONS[contentType] ?? 'bin';
}

/** Letters, digits and what harms no address and no header; with the ending of its type. */
function nameOf(filename: string, contentType: string): string {
  const stem = sanitiseFilename(filename)
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${stem || 'media'}.${extensionOf(contentType)}`;
}
