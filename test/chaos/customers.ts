import sharp from 'sharp';
import { loadPlatforms } from '#platforms';
import { type Answer, ask, Customer, expectStatus } from '../support/customer.js';
import { consent } from '../support/people.js';
import { type Installation } from './installation.js';
import { type Network } from './plan-faults.js';
import { PAGES_OF_A_PERSON, type Plan, type PlannedChannel } from './plan.js';
import { tryOnce, untilAnswered } from './requests.js';

/** A channel of the plan, connected. */
export interface Channel {
  id: string;
  network: Network;
  /** The account on the practice network, as visible posts name it. */
  account: string;
  /** Who connects it again, and how. */
  owner: Customer;
  login: Login;
}

/** An account that one connection stands for: several channels may have the same. */
interface Login {
  network: Network;
  name: string;
  /** How often its token was changed: Mastodon never takes a token again that was revoked. */
  generation: number;
}

/** Nobody notices at once that an account has to be connected again. */
const NOTICED_MS = 2_500;
const PICTURES = [
  { width: 320, height: 200, background: '#a03020' },
  { width: 200, height: 320, background: '#206080' },
  { width: 256, height: 256, background: '#208040' },
];

/** The organizations of a run, with their channels and pictures. */
export class Customers {
  private readonly downSince = new Map<Channel, number>();

  private constructor(
    private readonly installation: Installation,
    readonly list: readonly Customer[],
    readonly channels: readonly Channel[],
    /** Ids of uploaded pictures, by organization. */
    readonly pictures: ReadonlyMap<Customer, string[]>,
    private readonly webhookSecret: string,
  ) {}

  /** Signs up, connects and uploads, all by the API. Nothing is disturbed yet. */
  static async start(installation: Installation, plan: Plan): Promise<Customers> {
    const organizations = Math.max(...plan.channels.map(({ organization }) => organization)) + 1;
    const list: Customer[] = [];
    for (let index = 0; index < organizations; index += 1) list.push(await Customer.signUp(installation.addresses));
    const pictures = new Map<Customer, string[]>();
    for (const customer of list) pictures.set(customer, await uploadPictures(customer));
    const { manifest } = (await loadPlatforms()).get('webhook').adapter;
    const channels: Channel[] = [];
    const customers = new Customers(
      installation,
      list,
      channels,
      pictures,
      manifest.practiceCredentials['secret'] ?? '',
    );
    await customers.connectAll(plan.channels, channels);
    return customers;
  }

  /** Signs in again to whatever has been disconnected for a while. Returns how many connections are down. */
  async reconnect(): Promise<number> {
    const down = await this.installation.query<{ id: string }>(
      `select distinct on (h.connection_id) h.id from channels h join connections c on c.id = h.connection_id
        where h.health = 'disconnected' or c.status = 'disconnected'`,
    );
    for (const channel of this.channels) {
      if (!down.some(({ id }) => id === channel.id)) this.downSince.delete(channel);
      else if (!this.downSince.has(channel)) this.downSince.set(channel, performance.now());
      else if (performance.now() - (this.downSince.get(channel) ?? 0) > NOTICED_MS) await this.signInAgain(channel);
    }
    return down.length;
  }

  /** Signs in again to a channel's account. It may not succeed: whoever asks looks again. */
  async signInAgain({ owner, login }: Channel): Promise<void> {
    login.generation += 1;
    await tryOnce((signal) => this.signIn(owner, login, signal));
  }

  /** Gives a channel's account up, so that everything that waits on it is held. */
  async disconnect({ id, owner }: Channel): Promise<void> {
    const [connection] = await this.installation.query<{ id: string }>(
      'select connection_id as id from channels where id = $1',
      [id],
    );
    if (connection) await tryOnce((signal) => owner.request('DELETE', `/v1/connections/${connection.id}`, { signal }));
  }

  /** Pauses or resumes a channel; the latter is asked until it is answered. */
  async setPaused({ id, owner }: Channel, paused: boolean): Promise<void> {
    const path = `/v1/channels/${id}/${paused ? 'pause' : 'resume'}`;
    const send = (signal: AbortSignal) => owner.request('POST', path, { signal });
    await (paused ? tryOnce(send) : untilAnswered(send));
  }

  /** Ends a channel's token at the platform, as its owner or the platform might. */
  async expireToken({ network, account, login }: Channel): Promise<void> {
    const at = `${this.installation.addresses.sandboxUrl}/${network}/_practice`;
    switch (network) {
      case 'bluesky': {
        const refresh = login.generation % 2 === 0;
        expectStatus(await ask('POST', `${at}/expire`, { json: { identifier: account, refresh } }), 204);
        return;
      }
      case 'facebook':
        expectStatus(await ask('POST', `${at}/revoke`, { json: { page: account } }), 204);
        return;
      case 'mastodon':
        expectStatus(await ask('POST', `${at}/revoke`, { json: { accessToken: mastodonToken(login) } }), 204);
        return;
      case 'webhook':
        return; // A receiver has no token that could end.
    }
  }

  private async connectAll(planned: readonly PlannedChannel[], channels: Channel[]): Promise<void> {
    const connections = new Map<Login, Answer['body']>();
    for (const plan of planned) {
      const owner = this.list[plan.organization];
      if (!owner) throw new Error(`There is no organization ${plan.organization}.`);
      const login = loginFor(plan, owner, channels);
      const connection = connections.get(login) ?? (await this.connect(owner, login));
      connections.set(login, connection);
      const taken = new Set(channels.map(({ id }) => id));
      const { id } = connection.channels.find((candidate: { id: string }) => !taken.has(candidate.id));
      const account = await this.accountOf(plan, id);
      channels.push({ id, network: plan.network, account, owner, login });
    }
  }

  private async connect(owner: Customer, login: Login): Promise<Answer['body']> {
    const answer = await untilAnswered((signal) => this.signIn(owner, login, signal));
    if (answer.status === 200 || answer.status === 201) return answer.body;
    throw new Error(`Connecting was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  /** As the practice network's visible posts name the account. */
  private async accountOf({ network, name }: PlannedChannel, id: string): Promise<string> {
    if (network === 'mastodon' || network === 'webhook') return name;
    const [row] = await this.installation.query<{ external_id: string }>(
      'select external_id from channels where id = $1',
      [id],
    );
    return row?.external_id ?? '';
  }

  private async signIn(owner: Customer, login: Login, signal: AbortSignal): Promise<Answer> {
    const path = `/v1/workspaces/${owner.workspaceId}/connections`;
    const post = (body: object) => owner.request('POST', path, { json: body, signal });
    const { sandboxUrl } = this.installation.addresses;
    switch (login.network) {
      case 'bluesky': {
        const credentials = {
          service: `${sandboxUrl}/bluesky`,
          identifier: `${login.name}.bsky.test`,
          password: 'practice',
        };
        return post({ platform: 'bluesky', credentials });
      }
      case 'mastodon':
        return post({
          platform: 'mastodon',
          credentials: { instance: `${sandboxUrl}/mastodon`, accessToken: mastodonToken(login) },
        });
      case 'webhook': {
        const url = `${sandboxUrl}/webhook/inbox/${login.name}`;
        return post({ platform: 'webhook', credentials: { name: login.name, url, secret: this.webhookSecret } });
      }
      case 'facebook': {
        const begun = await post({ platform: 'facebook', practice: true });
        if (begun.status !== 201) return begun;
        const back = await consent(begun.body.authorizationUrl, login.name);
        return ask('GET', back.href, { headers: { accept: 'application/json' }, signal });
      }
    }
  }
}

/** The account that a channel belongs to; a person on Facebook has several Pages. */
function loginFor({ network, name }: PlannedChannel, owner: Customer, channels: readonly Channel[]): Login {
  if (network !== 'facebook') return { network, name, generation: 0 };
  const pages = channels.filter((channel) => channel.network === 'facebook' && channel.owner === owner);
  const latest = pages.at(-1)?.login;
  const free = latest && pages.filter(({ login }) => login === latest).length < PAGES_OF_A_PERSON;
  return free ? latest : { network, name: `Person ${name}`, generation: 0 };
}

/** Case does not matter to the practice network, so each generation is another token of the same account. */
function mastodonToken({ name, generation }: Login): string {
  const letters = [...'practice'].map((letter, index) => (generation & (1 << index) ? letter.toUpperCase() : letter));
  return `${letters.join('')}-${name}`;
}

async function uploadPictures(customer: Customer): Promise<string[]> {
  const ids: string[] = [];
  for (const { background, ...size } of PICTURES) {
    const picture = await sharp({ create: { ...size, channels: 3, background } })
      .png()
      .toBuffer();
    ids.push(await customer.upload(picture, 'A picture'));
  }
  return ids;
}
