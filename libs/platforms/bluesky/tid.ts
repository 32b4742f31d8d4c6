import { randomInt } from 'node:crypto';

const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';
const LENGTH = 13;

/**
 * Makes record keys of the type TID: 53 bits of microseconds since 1970, then a 10-bit clock id, as 13 sortable base-32 characters.
 * Each key is greater than the one before, even within one millisecond or when the clock steps back.
 * https://atproto.com/specs/tid
 */
export class TidGenerator {
  private last = 0;

  /** The random clock id keeps two processes apart that generate in the same microsecond. */
  constructor(private readonly clockId: number = randomInt(1024)) {}

  next(now: Date): string {
    this.last = Math.max(now.getTime() * 1000, this.last + 1);
    let rest = (BigInt(this.last) << 10n) | BigInt(this.clockId);
    let tid = '';
    for (let i = 0; i < LENGTH; i++, rest >>= 5n) tid = `${ALPHABET[Number(rest & 31n)]}${tid}`;
    return tid;
  }
}
