import { classifyByStatus, excerpt, type Failure, genericFailure, PlatformHttpError } from '#platforms/core';
import { manifest, SPECIFICATION } from './manifest.js';

/** What an answer of a receiver means. */
export function classify(error: unknown, now: Date): Failure {
  const failure = classifyByStatus(error, manifest, now);
  if (!(error instanceof PlatformHttpError)) return failure;
  const words = saidBy(error);
  return { ...failure, ...meaning(error.status), ...(words !== '' && { platformMessage: words }), docs: SPECIFICATION };
}

/** The statuses that mean something particular here; the others mean what they always mean. */
function meaning(status: number): Partial<Failure> {
  if (status === 410) {
    return {
      kind: 'auth',
      message: 'The receiver is switched off: it answered 410 Gone.',
      remedy: 'Switch the receiver on again or enter its new address, then reconnect.',
    };
  }
  if (status === 401 || status === 403) {
    return {
      kind: 'auth',
      message: 'The receiver did not accept the signature.',
      remedy: 'Check that the receiver knows the same signing secret and that its clock is right, then reconnect.',
    };
  }
  if (status >= 300 && status < 400) {
    return {
      kind: 'unknown',
      message: 'The receiver answered with a redirect, and webhooks do not follow any.',
      remedy: 'Reconnect with the address that the redirect leads to.',
    };
  }
  if (status === 404 || status === 405) {
    return {
      kind: 'unknown',
      message: 'There is no receiver at this address that takes a POST.',
      remedy: 'Check the address; reconnect when it has changed.',
    };
  }
  return {};
}

function saidBy({ body }: PlatformHttpError): string {
  return excerpt((typeof body === 'string' ? body : JSON.stringify(body)).trim());
}

/** The entered address is none. */
export function invalidUrl(): Failure {
  return {
    ...genericFailure('content', manifest.name),
    message: 'The address is not one that webhooks can be sent to.',
    remedy: 'Enter an address that starts with https:// and holds no user name or password.',
  };
}

/** The entered secret is none. */
export function invalidSecret(): Failure {
  return {
    ...genericFailure('auth', manifest.name),
    message: 'The signing secret has not the form that Standard Webhooks prescribes.',
    remedy: 'Enter "whsec_" followed by 24 to 64 random bytes in base64, and give the receiver the same.',
    docs: SPECIFICATION,
  };
}
