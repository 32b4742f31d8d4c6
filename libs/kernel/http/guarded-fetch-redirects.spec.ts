import { closeAll, guarded, LOOPBACK, serve } from './guarded-fetch.fixture.js';
import { BlockedAddressError, RedirectRefusedError, type Resolve } from './index.js';

afterEach(closeAll);

describe('redirects', () => {
  it('are checked at every hop', async () => {
    const inside = await serve((_, response) => response.end('secret'));
    const outside = await serve((_, response) => response.writeHead(302, { location: inside.origin }).end());
    const fetchIt = guarded({ exemptOrigins: [outside.origin] });
    await expect(fetchIt(outside.origin)).rejects.toBeInstanceOf(BlockedAddressError);
    expect(inside.hits).toHaveLength(0);
  });

  it.each([
    'http://2130706433:1/',
    'http://[::ffff:127.0.0.1]:1/',
    'http://169.254.169.254/latest/meta-data',
    'http://[64:ff9b::7f00:1]/',
    'file:///etc/passwd',
    'http://user:hunter2@example.com/',
    '//10.0.0.1/',
  ])('lead nowhere to %s, also after a hop that was fine', async (location) => {
    const { origin, hits } = await serve((request, response) =>
      response.writeHead(302, { location: request.url === '/first' ? '/second' : location }).end(),
    );
    const error = await guarded({ exemptOrigins: [origin] })(`${origin}/first`).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BlockedAddressError);
    expect(String(error)).not.toContain('hunter2');
    expect(hits.map((hit) => hit.url)).toEqual(['/first', '/second']);
  });

  it('are checked by name at every hop', async () => {
    const inside = await serve((_, response) => response.end('secret'));
    const { origin } = await serve((_, response) =>
      response.writeHead(302, { location: `http://inside.test:${inside.port}/` }).end(),
    );
    const resolve: Resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    await expect(guarded({ exemptOrigins: [origin] }, resolve)(origin)).rejects.toBeInstanceOf(BlockedAddressError);
    expect(inside.hits).toHaveLength(0);
  });

  it('are followed three times', async () => {
    const { origin } = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(307, { location: `/${left - 1}` }).end();
    });
    const fetchIt = guarded({ allow: LOOPBACK });
    const response = await fetchIt(`${origin}/3`);
    expect([await response.text(), response.url]).toEqual(['there', `${origin}/0`]);
    await expect(fetchIt(`${origin}/4`)).rejects.toThrow('the 4th in a row');
  });

  it('take no credentials to another origin', async () => {
    const target = await serve((_, response) => response.end());
    const { origin } = await serve((request, response) =>
      response.writeHead(302, { location: request.url === '/a' ? '/b' : target.origin }).end(),
    );
    const headers = { authorization: 'Bearer t', cookie: 'c=1', 'x-api-key': 'k', accept: 'application/json' };
    await guarded({ allow: LOOPBACK })(`${origin}/a`, { headers });
    expect(target.hits[0]?.headers).toMatchObject({ accept: 'application/json', 'user-agent': 'ClickPost' });
    expect(JSON.stringify(target.hits[0]?.rawHeaders)).not.toMatch(/Bearer|c=1|x-api-key/);
  });

  it.each([301, 303, 307, 308])('are refused for a POST (%d), so that nothing is sent twice', async (status) => {
    const server = await serve((request, response) => {
      request.resume();
      response.writeHead(status, { location: '/again' }).end();
    });
    const sent = guarded({ allow: LOOPBACK })(server.origin, { method: 'POST', body: 'x' });
    await expect(sent).rejects.toBeInstanceOf(RedirectRefusedError);
    expect(server.hits).toHaveLength(1);
  });

  it('are left to a caller who wants them', async () => {
    const { origin } = await serve((_, response) => response.writeHead(302, { location: 'http://10.0.0.1/' }).end());
    const response = await guarded({ allow: LOOPBACK })(origin, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, 'http://10.0.0.1/']);
  });
});
