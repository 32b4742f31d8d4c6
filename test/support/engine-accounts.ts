import { type Request } from 'express';
import { OAuthBridge } from '#channels';
import { type TestEngine, type TestTenant } from './engine.js';
import { consent } from './people.js';

/** Connects a practice account of this name, lower-case letters and digits, and returns the channel's id. */
export async function connectNamed(
  engine: TestEngine,
  tenant: TestTenant,
  platform: string,
  name: string,
): Promise<string> {
  const { origin } = engine.sandbox;
  switch (platform) {
    case 'facebook':
    case 'instagram':
    case 'threads':
      return connectByConsent(engine, tenant, { platform, person: name });
    case 'bluesky':
      return engine.connect(tenant, platform, {
        service: `${origin}/bluesky`,
        identifier: `${name}.bsky.test`,
        password: 'practice',
      });
    case 'mastodon':
      return engine.connect(tenant, platform, { instance: `${origin}/mastodon`, accessToken: `practice-${name}` });
    default: {
      const secret = engine.platforms.get('webhook').adapter.manifest.practiceCredentials['secret'] ?? '';
      return engine.connect(tenant, 'webhook', { name, url: `${origin}/webhook/inbox/${name}`, secret });
    }
  }
}

/**
 * Consents on the practice network's own page, as a person would, and returns the first channel's id.
 * @param chosen the way where the platform has several; its first where left out
 */
export async function connectByConsent(
  engine: TestEngine,
  { organizationId, workspaceId }: TestTenant,
  { platform, person, way }: { platform: string; person?: string | undefined; way?: string | undefined },
): Promise<string> {
  const bridge = engine.service(OAuthBridge);
  const flow = await bridge.start({
    ...{ organizationId, workspaceId, platform, practice: true },
    ...(way !== undefined && { way }),
  });
  const back = await consent(flow.authorizationUrl, person);
  const request = { query: Object.fromEntries(back.searchParams), session: {}, headers: {}, url: back.pathname };
  const connection = await bridge.finish(platform, request as unknown as Request, undefined);
  const [channel] = connection.channels;
  if (!channel) throw new Error('The connection has no channel.');
  return channel.id;
}
