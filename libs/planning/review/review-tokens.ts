import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { compactVerify, CompactSign, errors, jwtVerify, SignJWT } from 'jose';
import { parse, stringify } from 'uuid';
import { Vault } from '#kernel';

/** Which link a token stands for. */
export interface LinkSubject {
  organizationId: string;
  linkId: string;
}

/** How long an entered passcode holds, in hours. */
export const PASS_HOURS = 12;

const ALGORITHM = 'HS256';
const ID_BYTES = 16;

interface SigningKey {
  id: string;
  secret: Uint8Array;
}

/**
 * The tokens of review links: signed with a key that is derived from the installation's secret, as a JWS (RFC 7515) around
 * the two ids. Nothing of them is stored, and what was made up is known for it without asking the database. An earlier key
 * of the installation is still accepted, by its id.
 */
@Injectable()
export class ReviewTokens {
  private readonly keys: SigningKeys;
  private readonly passKeys: SigningKeys;

  constructor(vault: Vault) {
    this.keys = new SigningKeys(vault.deriveKeys('review-link'));
    this.passKeys = new SigningKeys(vault.deriveKeys('review-passcode'));
  }

  /** The same token each time, until the installation's key changes. */
  sign({ organizationId, linkId }: LinkSubject): Promise<string> {
    const { id, secret } = this.keys.current;
    return new CompactSign(Buffer.concat([parse(organizationId), parse(linkId)]))
      .setProtectedHeader({ alg: ALGORITHM, kid: id })
      .sign(secret);
  }

  /** What a token stands for; undefined for whatever this installation did not sign, to the last character. */
  async read(token: string): Promise<LinkSubject | undefined> {
    if (!isCanonical(token)) return undefined;
    const verified = await orNothing(compactVerify(token, this.keys.find, { algorithms: [ALGORITHM] }));
    if (verified?.payload.length !== 2 * ID_BYTES) return undefined;
    const [organizationId, linkId] = [0, ID_BYTES].map((at) => stringify(verified.payload, at));
    return organizationId && linkId ? { organizationId, linkId } : undefined;
  }

  /** Says that whoever has it knew the passcode of this link, for `PASS_HOURS`. */
  signPass(linkId: string): Promise<string> {
    const { id, secret } = this.passKeys.current;
    return new SignJWT()
      .setProtectedHeader({ alg: ALGORITHM, kid: id })
      .setSubject(linkId)
      .setExpirationTime(`${PASS_HOURS}h`)
      .sign(secret);
  }

  /** Whether it is the pass of this link and still holds. */
  async isPass(pass: string, linkId: string): Promise<boolean> {
    const options = { algorithms: [ALGORITHM], subject: linkId, requiredClaims: ['exp'] };
    return (await orNothing(jwtVerify(pass, this.passKeys.find, options))) !== undefined;
  }
}

/** The present key and the earlier ones, by an id that tells nothing of them. */
class SigningKeys {
  readonly current: SigningKey;
  private readonly byId: ReadonlyMap<string, Uint8Array>;

  constructor(secrets: readonly Uint8Array[]) {
    const keys = secrets.map((secret) => ({ id: idOf(secret), secret }));
    const [current] = keys;
    if (!current) throw new Error('The vault derived no key.');
    this.current = current;
    this.byId = new Map(keys.map(({ id, secret }) => [id, secret]));
  }

  /** For `jose`, which refuses the token where there is no such key. */
  readonly find = ({ kid }: { kid?: string | undefined }): Uint8Array => {
    const secret = this.byId.get(kid ?? '');
    if (!secret) throw new errors.JWSInvalid('Signed with an unknown key.');
    return secret;
  };
}

function idOf(secret: Uint8Array): string {
  return createHash('sha256').update('key id').update(secret).digest('base64url').slice(0, 8);
}

/** Base64url can end in bits that mean nothing: of all spellings of a signature exactly one is ours. */
function isCanonical(token: string): boolean {
  const signature = token.split('.').at(-1) ?? '';
  return Buffer.from(signature, 'base64url').toString('base64url') === signature;
}

/** Nothing where `jose` refuses the token; whatever else goes wrong is thrown. */
async function orNothing<T>(verified: Promise<T>): Promise<T | undefined> {
  try {
    return await verified;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
