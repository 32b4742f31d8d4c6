import { setImmediate as turn } from 'node:timers/promises';
import { consent } from './people.js';
import { type Addresses, until } from './processes.js';

/** What an HTTP request came to. `body` is the parsed JSON, or the text where it was none. */
export interface Answer {
  status: number;
  headers: Headers;
  // What a program outside sees has no types.
  body: ReturnType<typeof JSON.parse>;
}

/** One request, as any program would make it. */
export async function ask(method: string, url: string, init: RequestInit & { json?: unknown } = {}): Promise<Answer> {
  const { json, ...rest } = init;
  const headers = new Headers(rest.headers);
  if (json !== undefined) headers.set('content-type', 'application/json');
  // Node's own fetch sends on a kept connection whose end it has not looked at yet, after a busy moment of this process.
  await turn();
  const response = await fetch(url, {
    ...rest,
    method,
    headers,
    redirect: 'manual',
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** An answer that must have this status. */
export function expectStatus(answer: Answer, status: number): Answer {
  if (answer.status === status) return answer;
  throw new Error(`Expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
}

let customers = 0;

/** Somebody who signed up and drives ClickPost by its HTTP API with an API key. */
export class Customer {
  private constructor(
    private readonly at: Addresses,
    private readonly key: string,
    readonly workspaceId: string,
    /** What the person signs in with. */
    readonly credentials: { email: string; password: string },
  ) {}

  static async signUp(
    at: Addresses,
    { name = 'A Person', organization = 'An Agency' }: { name?: string; organization?: string } = {},
  ): Promise<Customer> {
    customers += 1;
    const [email, password] = [`person-${process.pid}-${customers}@example.com`, 'correct horse battery'];
    const account = { email, password, name, organization, timeZone: 'Europe/Berlin' };
    const signedUp = expectStatus(await ask('POST', `${at.url}/v1/auth/signup`, { json: account }), 201);
    const cookie = signedUp.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const made = await ask('POST', `${at.url}/v1/api-keys`, { json: { name }, headers: { cookie } });
    return new Customer(at, expectStatus(made, 201).body.key, signedUp.body.workspace.id, { email, password });
  }

  /** The same person at another address of the same installation. */
  movedTo(at: Addresses): Customer {
    return new Customer(at, this.key, this.workspaceId, this.credentials);
  }

  /** A request with the API key. */
  request(method: string, path: string, init: RequestInit & { json?: unknown } = {}): Promise<Answer> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${this.key}`);
    return ask(method, `${this.at.url}${path}`, { ...init, headers });
  }

  /**
   * Connects a practice account of any platform and returns the id of its first channel.
   * @param more the way, where there are several, and who signs in on the consent page
   */
  async connect(platform: string, options: { way?: string; person?: string } = {}): Promise<string> {
    const [first] = await this.connectAll(platform, options);
    if (!first) throw new Error(`The practice account on ${platform} has no channel.`);
    return first.id;
  }

  /** The same, with all channels that it brings: the Pages of a person, the pages of organizations. */
  async connectAll(
    platform: string,
    { way, person }: { way?: string; person?: string } = {},
  ): Promise<{ id: string; name: string }[]> {
    const path = `/v1/workspaces/${this.workspaceId}/connections`;
    const json = { platform, practice: true, ...(way !== undefined && { way }) };
    const made = expectStatus(await this.request('POST', path, { json }), 201);
    const { authorizationUrl } = made.body;
    if (!authorizationUrl) return made.body.channels;
    const back = await consent(authorizationUrl, person);
    const connection = expectStatus(await ask('GET', back.href, { headers: { accept: 'application/json' } }), 200);
    return connection.body.channels;
  }

  /** What a platform finds for a setting: everything, where nothing is asked for. */
  async lookup(channelId: string, setting: string, { query = '', of }: { query?: string; of?: string } = {}) {
    const asked = new URLSearchParams({ query, ...(of !== undefined && { of }) });
    const answer = await this.request('GET', `/v1/channels/${channelId}/lookups/${setting}?${asked.toString()}`);
    return expectStatus(answer, 200).body.data as { value: string; label: string; detail?: string }[];
  }

  /** Uploads an image, or what else the name says, and returns its id. */
  async upload(file: Buffer, altText?: string, name = 'image.png'): Promise<string> {
    const form = new FormData();
    if (altText !== undefined) form.set('altText', altText);
    const type = name.endsWith('.mp4') ? 'video/mp4' : 'image/png';
    form.set('file', new Blob([new Uint8Array(file)], { type }), name);
    const path = `/v1/workspaces/${this.workspaceId}/media`;
    return expectStatus(await this.request('POST', path, { body: form }), 201).body.id;
  }

  /** Creates a post; `schedule` is now where the rest leaves it out. */
  async post(post: Record<string, unknown>): Promise<Answer> {
    const json = { schedule: 'now', ...post };
    return expectStatus(await this.request('POST', `/v1/workspaces/${this.workspaceId}/posts`, { json }), 201);
  }

  async publication(id: string): Promise<Answer['body']> {
    return expectStatus(await this.request('GET', `/v1/publications/${id}`), 200).body;
  }

  async log(id: string): Promise<Answer['body'][]> {
    return expectStatus(await this.request('GET', `/v1/publications/${id}/log?limit=100`), 200).body.data;
  }

  /** The kinds of the log's entries, in order. */
  async story(id: string): Promise<string[]> {
    return (await this.log(id)).map((entry) => entry.kind);
  }

  /** Waits until a publication is as wanted. Fails with its story. */
  untilPublication(
    id: string,
    wanted: (publication: Answer['body']) => boolean,
    timeoutMs?: number,
  ): Promise<Answer['body']> {
    return until(
      async () => {
        const publication = await this.publication(id);
        return wanted(publication) ? publication : undefined;
      },
      async () => `${JSON.stringify(await this.publication(id))}\n${JSON.stringify(await this.log(id), null, 1)}`,
      timeoutMs,
    );
  }

  /** Waits until a publication is in a state. */
  untilState(id: string, state: string, timeoutMs?: number): Promise<Answer['body']> {
    return this.untilPublication(id, (publication) => publication.state === state, timeoutMs);
  }
}

/** The practice networks behind the product's back: what really became visible, and their faults. */
export class PracticeNetworks {
  private earlier: ReadonlySet<string> = new Set();

  constructor(private readonly at: Addresses) {}

  /** The practice networks as if they were empty now, where other specs published before. */
  static async fromNowOn(at: Addresses): Promise<PracticeNetworks> {
    const networks = new PracticeNetworks(at);
    networks.earlier = new Set((await networks.visible()).map(nameOf));
    return networks;
  }

  async visible(platform?: string): Promise<Answer['body'][]> {
    const query = platform === undefined ? '' : `?platform=${platform}`;
    const { data } = expectStatus(await this.control('GET', `/visible${query}`), 200).body;
    return data.filter((post: Answer['body']) => !this.earlier.has(nameOf(post)));
  }

  /** Visible posts whose text contains this. */
  async showing(text: string): Promise<Answer['body'][]> {
    return (await this.visible()).filter((post) => post.text.includes(text));
  }

  async fault(fault: Record<string, unknown>): Promise<void> {
    expectStatus(await this.control('POST', '/faults', { json: fault }), 201);
  }

  /** What people see. */
  async feed(): Promise<Answer['body'][]> {
    return expectStatus(await ask('GET', `${this.at.sandboxUrl}/feed.json`), 200).body.data;
  }

  private control(method: string, path: string, init: { json?: unknown } = {}): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.at.sandboxToken}` };
    return ask(method, `${this.at.sandboxUrl}/_control${path}`, { ...init, headers });
  }
}

/** Names a visible post. */
function nameOf({ platform, account, id }: Answer['body']): string {
  return JSON.stringify([platform, account, id]);
}
