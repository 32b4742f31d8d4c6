import { createHash, hkdfSync } from 'node:crypto';
import { compactDecrypt, CompactEncrypt, decodeProtectedHeader, type ProtectedHeaderParameters } from 'jose';

/** An object of plain JSON values. */
export type SecretObject = { [key: string]: unknown };

const MIN_SECRET_LENGTH = 32;

/** Something could not be decrypted. The message says why and never contains what was inside. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
}

interface VaultKey {
  id: string;
  secret: string;
  encryption: Uint8Array;
}

/**
 * Encrypts credentials for storage: AES-256-GCM as a compact JWE (`dir`, `A256GCM`; RFC 7516 and RFC 7518, section 5.3).
 * The key id in its header tells which key was used, so keys can be rotated while running; the purpose in its header is
 * authenticated with it, so a ciphertext that was moved to another row does not decrypt.
 */
export class Vault {
  private readonly current: VaultKey;
  private readonly keys: ReadonlyMap<string, VaultKey>;

  /**
   * @param secret the installation's secret key, at least 32 characters
   * @param previous earlier ones, newest first: still decrypted, never encrypted with
   * @throws VaultError when a key is too short
   */
  constructor(secret: string, previous: readonly string[] = []) {
    this.current = vaultKey(secret);
    const all = [this.current, ...previous.map(vaultKey)];
    this.keys = new Map(all.map((key) => [key.id, key]));
  }

  /** @param purpose what it is for and whose, `connection:<id>`; the same text is needed to decrypt */
  async encrypt(value: SecretObject, purpose: string): Promise<string> {
    return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: this.current.id, purpose })
      .encrypt(this.current.encryption);
  }

  /** @throws VaultError when it is damaged, made for another purpose, or of a key that is not known */
  async decrypt<T extends SecretObject = SecretObject>(token: string, purpose: string): Promise<T> {
    const header = readHeader(token);
    const key = this.keys.get(header.kid ?? '');
    if (key === undefined) {
      throw new VaultError('Encrypted with a key that is not known. Add the earlier key to SECRET_KEY_PREVIOUS.');
    }
    if (header['purpose'] !== purpose) throw new VaultError('Encrypted for another purpose.');
    const { plaintext } = await compactDecrypt(token, key.encryption, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    }).catch(() => {
      // The library's error is left out on purpose: nothing near the plaintext may reach a log.
      throw new VaultError('Damaged: the ciphertext does not fit its key.');
    });
    // Authenticated by the line above, so it is what `encrypt` was given.
    return JSON.parse(new TextDecoder().decode(plaintext)) as T;
  }

  /** Whether it was encrypted with an earlier key and should be encrypted again. */
  needsRotation(token: string): boolean {
    return readHeader(token).kid !== this.current.id;
  }

  /** 32 bytes for one use (`session-cookie`, `review-link`), unrelated to those of any other label. */
  deriveKey(label: string): Uint8Array {
    return derive(this.current.secret, `clickpost/use/${label}`);
  }

  /** The same for every known key, the current one first: sign with the first, accept all. */
  deriveKeys(label: string): Uint8Array[] {
    return [...this.keys.values()].map((key) => derive(key.secret, `clickpost/use/${label}`));
  }
}

function vaultKey(secret: string): VaultKey {
  if (secret.length < MIN_SECRET_LENGTH) {
    throw new VaultError(`A secret key needs at least ${MIN_SECRET_LENGTH} characters.`);
  }
  const encryption = derive(secret, 'clickpost/vault/encryption');
  const id = createHash('sha256').update(derive(secret, 'clickpost/vault/key-id')).digest('base64url').slice(0, 12);
  return { id, secret, encryption };
}

function derive(secret: string, info: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', info, 32));
}

function readHeader(token: string): ProtectedHeaderParameters & { kid?: string; purpose?: unknown } {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw new VaultError('Not something that the vault encrypted.');
  }
}
