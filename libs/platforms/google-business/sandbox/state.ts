import { type JsonObject, type SandboxCollection, type SandboxWorld } from '#platforms/core';
import { digits, GoogleState } from '#platforms/google/sandbox';
import { PRACTICE_APP, SCOPE } from '../manifest.js';

/** A place of a practice person. */
export type Place = {
  /** `locations/123` */
  id: string;
  title: string;
  street: string;
  town: string;
  languageCode: string;
  canPost: boolean;
  /** Left out = it is. */
  verified?: boolean;
  gone?: boolean;
};

/** An account that holds places: the person's own, or a group that they manage. */
export interface Account {
  /** `accounts/123` */
  name: string;
  accountName: string;
  type: 'PERSONAL' | 'LOCATION_GROUP';
  places: Place[];
}

/** A post, with what only the practice knows of it. */
export type Post = {
  /** `accounts/1/locations/2/localPosts/3` */
  name: string;
  /** `locations/2` */
  place: string;
  /** As it was sent, without media. */
  fields: JsonObject;
  files: { contentType: string; bytes: number; digest: string }[];
  state: 'LIVE' | 'PROCESSING' | 'REJECTED';
  /** When the check ends, in milliseconds since 1970, and how. */
  settlesAt: number;
  verdict: 'LIVE' | 'REJECTED';
  createTime: string;
  updateTime: string;
};

/** What is different from a day on which nothing is wrong, by name. */
export type Switch = { value: string | number | boolean };

/** So long Google checks a post with a photo here. */
export const CHECK_MS = 3_000;

const FIELDS = `<label>Places <select name="places">
    <option value="few">a shop and a café</option>
    <option value="many">several groups with more than a hundred places</option>
  </select></label>`;

/** Who has signed in, their places, and the posts on them. */
export class State extends GoogleState {
  readonly posts: SandboxCollection<Post>;
  readonly changed: SandboxCollection<Place>;
  readonly switches: SandboxCollection<Switch>;
  readonly chains: SandboxCollection<Switch>;

  constructor(world: SandboxWorld) {
    super(world, {
      name: 'Google Business Profile',
      app: PRACTICE_APP,
      scopes: [SCOPE],
      listsErrors: false,
      fields: FIELDS,
      agreed: ({ id }, { form }) => this.chains.set(id, { value: form.places === 'many' }),
    });
    this.posts = world.collection<Post>('posts');
    this.changed = world.collection<Place>('places');
    this.switches = world.collection<Switch>('switches');
    this.chains = world.collection<Switch>('chains');
  }

  /** Everybody has a shop and a café, and a kiosk that can have no posts; who chose it has groups of places besides. */
  accountsOf(personId: string, personName: string): Account[] {
    const own = ['Practice Bakery', 'Practice Café', 'Practice Kiosk'].map((title, index) =>
      this.place(personId, title, `${index + 1} Main Street`, title !== 'Practice Kiosk'),
    );
    const accounts: Account[] = [
      { name: accountIdOf(personId), accountName: personName, type: 'PERSONAL', places: own },
    ];
    if (this.chains.get(personId)?.value !== true) return accounts;
    for (let group = 1; group <= 21; group += 1) {
      const count = group === 1 ? 105 : 2;
      const places = Array.from({ length: count }, (_nothing, index) =>
        this.place(personId, `Practice Chain ${group}`, `${index + 1} Side Street`, true),
      );
      const name = accountIdOf(`${personId}:${group}`);
      // A place of one's own may be in a group as well.
      const shared = group === 2 ? own.slice(0, 1) : [];
      accounts.push({
        ...{ name, accountName: `Chain, group ${group}`, type: 'LOCATION_GROUP' as const },
        places: [...shared, ...places],
      });
    }
    return accounts;
  }

  /** What the practice was told beyond an ordinary day. */
  switched(name: string): Switch['value'] | undefined {
    return this.switches.get(name)?.value;
  }

  private place(personId: string, title: string, street: string, canPost: boolean): Place {
    const id = placeIdOf(personId, title, street);
    return this.changed.get(id) ?? { id, title, street, town: 'Springfield', languageCode: 'en-US', canPost };
  }
}

/** `accounts/123` of a person or group. */
export function accountIdOf(of: string): string {
  return `accounts/1${digits(`account:${of}`, 20)}`;
}

/** `locations/123` of a place. */
export function placeIdOf(personId: string, title: string, street: string): string {
  return `locations/${digits(`place:${personId}:${title}:${street}`, 19)}`;
}
