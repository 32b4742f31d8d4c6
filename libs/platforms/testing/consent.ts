import { type Strategy } from 'passport';
import { type OAuthApp, type OAuthConnect, type OAuthGrant } from '#platforms/core';

/** What a consent flow needs beside the adapter. */
export interface ConsentInput {
  oauth: OAuthConnect;
  app: OAuthApp;
  endpoints: Readonly<Record<string, string>>;
  /** Plays the person at the consent page: gets its address, answers the callback address that it leads back to. */
  approve: (consentUrl: string) => Promise<string>;
}

const CALLBACK_URL = 'http://127.0.0.1/callback';

type Step = { redirect: string } | 'success';

/** Walks through the platform's consent with the adapter's own passport strategy, over HTTP but without a browser. */
export async function grantByConsent({ oauth, app, endpoints, approve }: ConsentInput): Promise<OAuthGrant> {
  const grants: OAuthGrant[] = [];
  const strategy = oauth.strategy({ app, callbackUrl: CALLBACK_URL, endpoints, verify: (grant) => grants.push(grant) });
  const session = {};
  const start = await authenticate(strategy, { query: {}, session });
  if (start === 'success') throw new Error('The strategy was satisfied before anybody consented.');
  const back = new URL(await approve(start.redirect), CALLBACK_URL);
  const end = await authenticate(strategy, { query: Object.fromEntries(back.searchParams), session });
  const grant = grants[0];
  if (end !== 'success' || !grant) throw new Error('The consent led to no grant.');
  return grant;
}

/** As much of a strategy as is called here; its ways out are attached to each copy. */
interface Pass {
  authenticate(request: object, options: object): void;
}

/** One pass through a strategy, as passport's own middleware makes it: on a copy that has the ways out attached. */
function authenticate(strategy: Strategy, request: { query: object; session: object }): Promise<Step> {
  return new Promise((resolve, reject) => {
    const pass = Object.assign(Object.create(strategy) as object as Pass, {
      redirect: (url: string) => resolve({ redirect: url }),
      success: () => resolve('success'),
      fail: (challenge: unknown) => reject(new Error(`The consent was refused: ${JSON.stringify(challenge)}`)),
      error: reject,
      pass: () => resolve('success'),
    });
    pass.authenticate({ ...request, url: '/callback', headers: {}, connection: {}, body: {} }, {});
  });
}
