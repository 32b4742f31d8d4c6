import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What is signed within an address. */
export interface AddressContent {
  storageKey: string;
  contentType: string;
  bytes: number;
  name: string;
  /** The first day on which it no longer holds, counted from 1970 (UTC). */
  expiresOn: number;
}

/** As the content stands in a token: in this order, so that equal contents have equal tokens. */
type Written = [storageKey: string, contentType: string, bytes: number, name: string, expiresOn: number];

/** Far above the longest that is signed. */
const MAX_LENGTH = 2_000;
const SIGNATURE = /^[A-Za-z0-9_-]{43}$/;

/**
 * Tokens that carry what they stand for, in base64url, and its HMAC-SHA-256. Earlier keys of the installation are still
 * accepted. What was made up is known for it without asking anything.
 */
export class AddressTokens {
  private readonly current: Uint8Array;

  /** @param keys the present one first */
  constructor(private readonly keys: readonly Uint8Array[]) {
    const [current] = keys;
    if (!current) throw new Error('The vault derived no key.');
    this.current = current;
  }

  /** The same token each time, until the installation's key changes. */
  sign({ storageKey, contentType, bytes, name, expiresOn }: AddressContent): string {
    const written: Written = [storageKey, contentType, bytes, name, expiresOn];
    const payload = Buffer.from(JSON.stringify(written)).toString('base64url');
    return `${payload}.${hmac(this.current, payload).toString('base64url')}`;
  }

  /** Undefined for whatever this installation did not sign, to the last character. */
  read(token: string): AddressContent | undefined {
    if (token.length > MAX_LENGTH) return undefined;
    const [payload = '', signature = '', ...rest] = token.split('.');
    if (rest.length > 0 || !SIGNATURE.test(signature)) return undefined;
    const given = Buffer.from(signature, 'base64url');
    // Base64url can end in bits that mean nothing: of all spellings of a signature exactly one is ours.
    if (given.toString('base64url') !== signature) return undefined;
    if (!this.keys.some((key) => timingSafeEqual(hmac(key, payload), given))) return undefined;
    const [storageKey, contentType, bytes, name, expiresOn] = JSON.parse(
      Buffer.from(payload, 'base64url').toString(),
    ) as Written;
    return { storageKey, contentType, bytes, name, expiresOn };
  }

  /** Stands for the bytes of a stored file, and tells nothing of where they lie. */
  tagOf(storageKey: string, bytes: number): string {
    return createHash('sha256').update(`${storageKey}\n${bytes}`).digest('base64url').slice(0, 27);
  }
}

function hmac(key: Uint8Array, payload: string): Buffer {
  return createHmac('sha256', key).update(payload).digest();
}
