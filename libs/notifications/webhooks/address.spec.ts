import { createServer } from 'node:http';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { Problem, systemClock } from '#kernel';
import { requireAddress } from './address.js';
import { sendOnce } from './sender.js';
import { newSecret } from './signature.js';

const HERE = ['10.0.0.0/8'];
const names: Readonly<Record<string, readonly string[]>> = {
  'example.com': ['93.184.215.14'],
  'inside.example.com': ['10.1.2.3'],
  'both.example.com': ['10.1.2.3', '93.184.215.14'],
};
const resolve = (name: string) =>
  names[name] ? Promise.resolve(names[name]) : Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' }));

const ruleOf = async (url: string, { production = false, allow = [] as string[] } = {}) => {
  try {
    await requireAddress(url, { outboundAllow: allow, production }, resolve);
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.errors?.[0]?.rule;
    throw error;
  }
};

describe('the address of a webhook', () => {
  it.each([
    ['https://example.com/hook', undefined],
    ['http://example.com/hook', undefined],
    ['https://inside.example.com/', 'not-public'],
    ['https://10.1.2.3/', 'not-public'],
    ['https://0x0a010203/', 'not-public'],
    ['https://[::ffff:10.1.2.3]/', 'not-public'],
    ['https://nowhere.example.com/', 'unknown-name'],
    ['https://ann:word@example.com/', 'password'],
    ['mailto:ann@example.com', 'address'],
    ['example.com', 'address'],
  ])('%s: %s', async (url, rule) => {
    expect(await ruleOf(url)).toBe(rule);
  });

  it('is encrypted in production, save in networks that the operator allows', async () => {
    expect(await ruleOf('https://example.com/', { production: true })).toBeUndefined();
    expect(await ruleOf('http://example.com/', { production: true })).toBe('https');
    expect(await ruleOf('http://example.com/', { production: true, allow: HERE })).toBe('https');
    expect(await ruleOf('http://inside.example.com/', { production: true, allow: HERE })).toBeUndefined();
    expect(await ruleOf('http://both.example.com/', { production: true, allow: HERE })).toBe('https');
  });

  it('is taken while nobody can tell what it leads to', async () => {
    const unknown = () => Promise.reject(Object.assign(new Error(), { code: 'EAI_AGAIN' }));
    await expect(
      requireAddress('https://example.com/', { outboundAllow: [], production: false }, unknown),
    ).resolves.toBeUndefined();
  });
});

describe('a try', () => {
  const shipment = (url: string) => ({ url, messageId: 'e1', payload: '{}', secrets: [newSecret()], at: new Date() });

  it('does not reach a name that leads inside', async () => {
    const made = await sendOnce(shipment('http://localhost:8099/'), { outboundAllow: [] }, systemClock);
    expect(made).toMatchObject({ status: null, error: expect.stringContaining('not on the public internet') });
  });

  it('goes by the first line of an answer, and keeps little of what comes behind it', async () => {
    const server = createServer((request, response) => {
      const length = request.url === '/long' ? 100_000 : 2_000;
      response.writeHead(request.url === '/refused' ? 400 : 200).end('ä'.repeat(length));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const to = (path: string) =>
      sendOnce(shipment(`http://127.0.0.1:${port}${path}`), { outboundAllow: ['127.0.0.1/32'] }, systemClock);
    try {
      expect(await to('/')).toMatchObject({ status: 200, error: null, answer: 'ä'.repeat(512) });
      expect(await to('/long')).toMatchObject({ status: 200, error: null, answer: null });
      expect(await to('/refused')).toMatchObject({ status: 400, error: expect.stringContaining('HTTP 400') });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
