import { join } from 'node:path';
import { type Config } from '../config/index.js';
import { type FileStorage } from './file-storage.js';
import { FolderStorage } from './folder-storage.js';
import { S3Storage } from './s3-storage.js';

export { type ByteRange, FileNotFoundError, type FileStorage, type StoredFile } from './file-storage.js';
export { FolderStorage } from './folder-storage.js';
export { S3Storage } from './s3-storage.js';

/** The store that the configuration asks for: S3, else `DATA_DIR/files`. */
export function createStorage(config: Pick<Config, 's3' | 'dataDir'>): FileStorage {
  return config.s3 ? new S3Storage(config.s3) : new FolderStorage(join(config.dataDir, 'files'));
}
