import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { loadPlatforms } from '#platforms';
import { cached } from '../../libs/media/testing/clips.js';
import { type Answer, ask, Customer, expectStatus } from '../support/customer.js';
import { consent } from '../support/people.js';
import { type Installation } from './installation.js';
import { type Network } from './plan-faults.js';
import { type Plan, type PlannedChannel } from './plan.js';
import { tryOnce, untilAnswered } from './requests.js';

/** A channel of the plan, connected. */
export interface Channel {
  id: string;
  network: Network;
  /** The account on the practice network, as visible posts name it. */
  account: string;
  /** Who connects it again, and how. */
  owner: Customer;
  /** The owner's organization, as the plan counts them. */
  organization: number;
  login: Login;
  /** What every post on it has to say: which board it goes to. */
  settings: Readonly<Record<string, unknown>>;
}

/** An account that one connection stands for: several channels may have the same. */
interface Login {
  network: Network;
  name: string;
  way?: string;
  /** How often its token was changed: Mastodon never takes a token again that was revoked. */
  generation: number;
}

/** Nobody notices at once that an account has to be connected again. */
const NOTICED_MS = 2_500;
/** Organizations that are set up at the same time. */
const AT_ONCE = 6;
/** Of noise, which cannot be made small: Google takes no photo below 10 KB. */
const PICTURES = [
  { width: 480, height: 300, mean: 60 },
  { width: 300, height: 480, mean: 120 },
  { width: 320, height: 320, mean: 180 },
];
const GRAIN = 4;

/** The organizations of a run, with their channels and pictures. */
export class Customers {
  private readonly downSince = new Map<Channel, number>();

  private constructor(
    private readonly installation: Installation,
    readonly list: readonly Customer[],
    readonly channels: readonly Channel[],
    /** Ids of uploaded pictures, by organization. */
    readonly pictures: ReadonlyMap<Customer, string[]>,
    /** The id of an uploaded video, by organization. */
    readonly clips: ReadonlyMap<Customer, string>,
    private readonly webhookSecret: string,
  ) {}

  /** Signs up, connects and uploads, all by the API, several organizations at a time. Nothing is disturbed yet. */
  static async start(installation: Installation, plan: Plan): Promise<Customers> {
    const organizations = Math.max(...plan.channels.map(({ organization }) => organization)) + 1;
    const list: Customer[] = [];
    const pictures = new Map<Customer, string[]>();
    const clips = new Map<Customer, string>();
    const { manifest } = (await loadPlatforms()).get('webhook').adapter;
    const secret = manifest.practiceCredentials['secret'] ?? '';
    const channels: Channel[] = [];
    const customers = new Customers(installation, list, channels, pictures, clips, secret);
    const [files, film] = await Promise.all([drawPictures(), filmClip()]);
    await eachOf(AT_ONCE, organizations, async (organization) => {
      const customer = await Customer.signUp(installation.addresses);
      list[organization] = customer;
      const ids = await Promise.all(files.map((file) => customer.upload(file, 'A picture')));
      pictures.set(customer, ids);
      clips.set(customer, await customer.upload(film, undefined, 'clip.mp4'));
      await customers.connectAll(plan.channels, organization, channels);
    });
    await customers.nameAccounts(channels);
    return customers;
  }

  /** Signs in again to whatever has been disconnected for a while. Returns how many connections are down. */
  async reconnect(): Promise<number> {
    // Every channel of it: which of them are in the plan is not for the database to know.
    const down = await this.installation.query<{ id: string; connection_id: string }>(
      `select h.id, h.connection_id from channels h join connections c on c.id = h.connection_id
        where h.removed_at is null and (h.health = 'disconnected' or c.status = 'disconnected')`,
    );
    const isDown = new Set(down.map(({ id }) => id));
    const noticed = new Map<Login, Channel>();
    for (const channel of this.channels) {
      if (!isDown.has(channel.id)) this.downSince.delete(channel);
      else if (!this.downSince.has(channel)) this.downSince.set(channel, performance.now());
      else if (performance.now() - (this.downSince.get(channel) ?? 0) > NOTICED_MS) noticed.set(channel.login, channel);
    }
    // One sign-in brings back all the Pages of a person.
    await Promise.all([...noticed.values()].map((channel) => this.signInAgain(channel)));
    return new Set(down.map(({ connection_id: id }) => id)).size;
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
  async expireToken(channel: Channel, renewable = false): Promise<void> {
    const { network, account, login } = channel;
    // By turns the access alone, which can be renewed, and all of it.
    const isForGood = !renewable && login.generation % 2 === 0;
    const at = `${this.installation.addresses.sandboxUrl}/${network}/_practice`;
    switch (network) {
      case 'bluesky': {
        const json = { identifier: account, refresh: isForGood };
        expectStatus(await ask('POST', `${at}/expire`, { json }), 204);
        return;
      }
      case 'facebook':
        expectStatus(await ask('POST', `${at}/revoke`, { json: { page: account } }), 204);
        return;
      case 'linkedin': {
        const person = await this.accountOf(channel);
        if (person !== undefined) expectStatus(await ask('POST', `${at}/end`, { json: { person } }), 204);
        return;
      }
      case 'pinterest':
      case 'tiktok':
        expectStatus(await ask('POST', `${at}/expire`, { json: { user: account, refresh: isForGood } }), 204);
        return;
      case 'google-business':
      case 'youtube':
      case 'x': {
        const json = { person: login.name, ...(!isForGood && { only: 'access' }) };
        expectStatus(await ask('POST', `${at}/revoke`, { json }), 204);
        return;
      }
      case 'instagram':
      case 'threads': {
        const { sandboxUrl } = this.installation.addresses;
        const user = await personOn(appsPage(sandboxUrl, network, login.way), login);
        if (user !== undefined) expectStatus(await ask('POST', `${at}/revoke`, { json: { user } }), 204);
        return;
      }
      case 'mastodon':
        expectStatus(await ask('POST', `${at}/revoke`, { json: { accessToken: mastodonToken(login) } }), 204);
        return;
      case 'webhook':
        return; // A receiver has no token that could end.
    }
  }

  /** Takes the app away on the network's own page, as the person whose account it is; the network tells ClickPost. */
  async removeApp({ network, login }: Channel): Promise<void> {
    const page = appsPage(this.installation.addresses.sandboxUrl, network, login.way);
    const user = await personOn(page, login);
    // Whose app is gone already has nothing left to take away.
    if (user !== undefined) await ask('POST', page, { body: new URLSearchParams({ user, decision: 'remove' }) });
  }

  /** The id of whoever connected a channel, at the network; undefined where it is connected no more. */
  private async accountOf({ id, owner }: Channel): Promise<string | undefined> {
    const path = `/v1/workspaces/${owner.workspaceId}/connections`;
    const { body } = await untilAnswered((signal) => owner.request('GET', path, { signal }));
    const isOf = ({ channels }: { channels: { id: string }[] }) => channels.some((one) => one.id === id);
    return body.data.find(isOf)?.account?.id;
  }

  /** Connects what one organization has; each channel stands where the plan has it. */
  private async connectAll(planned: readonly PlannedChannel[], organization: number, to: Channel[]): Promise<void> {
    const owner = this.list[organization];
    if (!owner) throw new Error(`There is no organization ${organization}.`);
    const logins = new Map<string, { login: Login; free: { id: string }[] }>();
    for (const [index, { network, login: name, way, ...plan }] of planned.entries()) {
      if (plan.organization !== organization) continue;
      const key = `${network} ${name}`;
      const login = { network, name, generation: 0, ...(way !== undefined && { way }) };
      const known = logins.get(key) ?? { login, free: (await this.connect(owner, login)).channels };
      logins.set(key, known);
      const next = known.free.shift();
      if (!next) throw new Error(`${key} has no further channel.`);
      const settings = await settingsOn(network, owner, next.id);
      to[index] = { id: next.id, network, account: name, owner, organization, login: known.login, settings };
    }
  }

  /** As the practice networks' visible posts name the accounts. */
  private async nameAccounts(channels: readonly Channel[]): Promise<void> {
    const rows = await this.installation.query<{ id: string; external_id: string }>(
      'select id, external_id from channels',
    );
    const names = new Map(rows.map((row) => [row.id, row.external_id]));
    for (const channel of channels) {
      const isById = !['mastodon', 'webhook'].includes(channel.network);
      if (isById) channel.account = names.get(channel.id) ?? '';
    }
  }

  private async connect(owner: Customer, login: Login): Promise<Answer['body']> {
    const answer = await untilAnswered((signal) => this.signIn(owner, login, signal));
    if (answer.status === 200 || answer.status === 201) return answer.body;
    throw new Error(`Connecting was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
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
      case 'facebook':
      case 'google-business':
      case 'instagram':
      case 'linkedin':
      case 'pinterest':
      case 'threads':
      case 'tiktok':
      case 'x':
      case 'youtube': {
        const { network: platform, way } = login;
        const begun = await post({ platform, practice: true, ...(way !== undefined && { way }) });
        if (begun.status !== 201) return begun;
        const back = await consent(begun.body.authorizationUrl, login.name);
        return ask('GET', back.href, { headers: { accept: 'application/json' }, signal });
      }
    }
  }
}

/** What a network wants to be told with every post. */
async function settingsOn(network: Network, owner: Customer, channel: string): Promise<Channel['settings']> {
  switch (network) {
    case 'pinterest':
      return boardOf(owner, channel);
    case 'tiktok':
      return { privacy: 'PUBLIC_TO_EVERYONE', musicConsent: true };
    case 'youtube':
      return { title: 'Chaos', madeForKids: 'no', privacy: 'public' };
    default:
      return {};
  }
}

/** The first board of an account on Pinterest. */
async function boardOf(owner: Customer, channel: string): Promise<Channel['settings']> {
  const [board] = await owner.lookup(channel, 'board');
  if (!board) throw new Error('The account on Pinterest has no board.');
  return { board: { value: board.value, label: board.label } };
}

/** Case does not matter to the practice network, so each generation is another token of the same account. */
function mastodonToken({ name, generation }: Login): string {
  const letters = [...'practice'].map((letter, index) => (generation & (1 << index) ? letter.toUpperCase() : letter));
  return `${letters.join('')}-${name}`;
}

/** Where a network shows a person which apps they gave access to. */
function appsPage(sandboxUrl: string, network: Network, way: string | undefined): string {
  const host = way === 'instagram-login' ? 'instagramWww' : 'www';
  return `${sandboxUrl}/${network}/${host}/${network === 'threads' ? 'apps' : 'settings/apps'}`;
}

/** The id under which such a page knows somebody; undefined where nobody of this name gave access. */
async function personOn(page: string, { name }: Login): Promise<string | undefined> {
  const { body } = expectStatus(await ask('GET', page), 200);
  const forms = String(body).match(/<form[\s\S]*?<\/form>/g) ?? [];
  const own = forms.find((form) => form.includes(`, for ${name}<`)) ?? '';
  return /name="user" value="([^"]*)"/.exec(own)?.[1];
}

/** A video that every network takes as it is, or nearly; Pinterest none that is shorter than four seconds. */
async function filmClip(): Promise<Buffer> {
  const clip = { width: 540, height: 960, framesPerSecond: 30, lasting: 4.5, extension: 'mp4' } as const;
  // Encoders write an edit list of their own accord, which Instagram does not take.
  const file = ['-movflags', '+faststart+negative_cts_offsets', '-use_editlist', '0'];
  return readFile(await cached('chaos-video', { ...clip, filters: ['format=yuv420p'], file }));
}

function drawPictures(): Promise<Buffer[]> {
  return Promise.all(
    PICTURES.map(({ mean, ...size }) => {
      const noise = { type: 'gaussian', mean, sigma: GRAIN } as const;
      return sharp({ create: { ...size, channels: 3, background: '#000', noise } })
        .png()
        .toBuffer();
    }),
  );
}

/** Does something for each number below `count`, some at a time. */
async function eachOf(atOnce: number, count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, lane));
}
