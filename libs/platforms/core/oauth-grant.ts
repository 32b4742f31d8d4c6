// A type alone: the web builds what stands beside this, and passport is no part of it.
import type { VerifyCallback } from 'passport-oauth2';
import { type OAuthGrant } from './adapter.js';
import { type JsonObject } from './json.js';

/** What a strategy of passport-oauth2 is given as its last step: it hands on whatever the consent led to. */
export function handOnTo(verify: (grant: OAuthGrant) => void) {
  return (
    accessToken: string,
    refreshToken: string | undefined,
    params: JsonObject,
    _profile: unknown,
    done: VerifyCallback,
  ): void => {
    const grant: OAuthGrant = { accessToken, params, ...(refreshToken && { refreshToken }) };
    verify(grant);
    // Passport calls whatever it hands on a user.
    done(null, grant as unknown as Express.User);
  };
}
