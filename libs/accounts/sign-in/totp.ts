import { Secret, TOTP } from 'otpauth';

const ISSUER = 'ClickPost';
/** Bytes; what RFC 4226 asks for (https://www.rfc-editor.org/rfc/rfc4226#section-4). */
const SECRET_BYTES = 20;
const PERIOD_S = 30;
/** Codes of the step before and after are accepted too, for clocks that are off and people who type slowly. */
const WINDOW = 1;

/** A new secret, in base 32, as people type it into an authenticator app. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** The address that an authenticator app reads from the QR code. */
export function totpAddress(secret: string, email: string): string {
  return totp(secret, email).toString();
}

/** The time step that a code belongs to; undefined when it is none of now. */
export function totpStep(secret: string, code: string, now: Date): number | undefined {
  const timestamp = now.getTime();
  const delta = totp(secret).validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? undefined : Math.floor(timestamp / 1000 / PERIOD_S) + delta;
}

/** Six digits, SHA-1 and half a minute: what every app understands (https://www.rfc-editor.org/rfc/rfc6238). */
function totp(secret: string, label = ''): TOTP {
  return new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret), period: PERIOD_S, digits: 6 });
}
