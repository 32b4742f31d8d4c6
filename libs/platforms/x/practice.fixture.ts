import { createHash } from 'node:crypto';
import { type OAuthConnect } from '#platforms/core';
import { SCOPES } from './manifest.js';

/** What a person does on the consent page. */
export interface Consent {
  person?: string;
  subscription?: string;
  scopes?: readonly string[];
  decision?: 'continue' | 'cancel';
}

const VERIFIER = 'a-verifier-of-a-practice-that-is-long-enough-0123456789';

/** What the bridge does on every platform: a proof key on the way there and back. */
export function withProofKey(oauth: OAuthConnect, verifier = VERIFIER): OAuthConnect {
  const challenge = createHash('sha256').update(VERIFIER).digest('base64url');
  return {
    ...oauth,
    strategy: (input) =>
      Object.assign(oauth.strategy(input), {
        authorizationParams: () => ({ state: 'state-1', code_challenge: challenge, code_challenge_method: 'S256' }),
        tokenParams: () => ({ code_verifier: verifier }),
      }),
  };
}

/** Submits the practice page: where it leads back to. */
export async function approve(consentUrl: string, consent: Consent = {}): Promise<string> {
  const body = new URLSearchParams({ decision: consent.decision ?? 'continue' });
  if (consent.person !== undefined) body.set('person', consent.person);
  if (consent.subscription !== undefined) body.set('subscription', consent.subscription);
  for (const scope of consent.scopes ?? SCOPES) body.append('scope', scope);
  const answer = await fetch(consentUrl, { method: 'POST', body, redirect: 'manual' });
  const back = answer.headers.get('location');
  if (back === null) throw new Error(`The page was answered with ${answer.status}: ${await answer.text()}`);
  return back;
}
