import { join } from 'node:path';
import { type Config } from '../config/index.js';
import { type FileStorage } from './file-storage.js';
import { FolderStorage } from './folder-storage.js';

export {
  type ByteRange,
  FileNotFoundError,
  type FileStorage,
  type ListedFile,
  type PresignOptions,
  type StoredFile,
} from './file-storage.js';
export { FolderStorage } from './folder-storage.js';
export { s3ClientConfig } from './s3-client-config.js';
export { isErrno, isFull, storageFull, storageUnavailable } from './storage-problem.js';

/** The store that the configuration asks for: S3, else `DATA_DIR/files`. */
export async function createStorage(config: Pick<Config, 's3' | 'dataDir'>): Promise<FileStorage> {
  if (config.s3 === undefined) return new FolderStorage(join(config.dataDir, 'files'));
  // Loaded only where it is used: the SDK takes 23 MB of memory.
  const { S3Storage } = await import('./s3-storage.js');
  return new S3Storage(config.s3);
}
