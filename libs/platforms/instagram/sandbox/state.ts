import { type JsonObject, type SandboxCollection, type SandboxWorld } from '#platforms/core';
import { LoginState, numericId, type Page } from '#platforms/meta/sandbox';
import { facebookWay, instagramWay, PRACTICE_APP } from '../manifest.js';

/** A professional account. Those of one person hang below their Pages, and the first can be connected with Instagram as well. */
export interface Account {
  id: string;
  username: string;
  name: string;
}

/** A file that Instagram took. */
export type File = {
  contentType: string;
  bytes: number;
  digest: string;
  width: number;
  height: number;
  altText?: string;
};

/** A container. Times in milliseconds since 1970. */
export type Container = {
  id: string;
  accountId: string;
  kind: 'IMAGE' | 'VIDEO' | 'REELS' | 'STORIES' | 'CAROUSEL';
  isItem: boolean;
  parameters: Record<string, string>;
  children: string[];
  file?: File;
  createdAt: number;
  /** When Instagram is done with it; absent while its video is not there yet. */
  readyAt?: number;
  /** What is wrong with it, told when it is done. */
  problem?: string;
  /** The post that it became. */
  mediaId?: string;
};

/** A published post. */
export type Media = {
  id: string;
  accountId: string;
  username: string;
  type: 'IMAGE' | 'VIDEO' | 'CAROUSEL_ALBUM';
  product: 'FEED' | 'REELS' | 'STORY';
  caption: string;
  shortcode: string;
  permalink: string;
  /** Milliseconds since 1970. */
  at: number;
  isAiGenerated: boolean;
  /** A story whose day is over. */
  ended: boolean;
};

/** A comment below a post. */
export type Comment = { id: string; mediaId: string; accountId: string; username: string; text: string; at: number };

/** What a rehearsal asked to go wrong with an account. */
export type Trouble = {
  /** Posts and containers that count as published and made already. */
  published?: number;
  made?: number;
  restricted?: boolean;
  /** The next publishing is refused as spam, and shown. */
  suspected?: boolean;
  /** Containers come to no end. */
  slow?: boolean;
  /** Deleting fails. */
  fatal?: boolean;
};

/** Which login a call came by. */
export type Surface = 'instagram' | 'facebook';

const WITHOUT_ACCOUNT = 'Practice Café';

/** The practice network's whole state, on the collections of its world. */
export class State {
  readonly logins: Readonly<Record<Surface, LoginState>>;
  readonly containers: SandboxCollection<Container>;
  readonly media: SandboxCollection<Media>;
  readonly comments: SandboxCollection<Comment>;
  readonly troubles: SandboxCollection<Trouble>;
  /** People whose account is a personal one. */
  readonly personal: SandboxCollection<boolean>;

  constructor(readonly world: SandboxWorld) {
    const shared = { platform: 'instagram', app: PRACTICE_APP };
    this.logins = {
      instagram: new LoginState(world, {
        ...shared,
        name: 'Instagram',
        scopes: instagramWay.scopes,
        prefix: 'instagram-',
        proof: false,
        // https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login
        hash: '_',
        denial: { error_reason: 'user_denied', error_description: 'The user denied your request' },
      }),
      facebook: new LoginState(world, {
        ...shared,
        name: 'Facebook',
        scopes: facebookWay.scopes,
        pageFields: (page) => this.pageFields(page),
      }),
    };
    this.containers = world.collection<Container>('containers');
    this.media = world.collection<Media>('media');
    this.comments = world.collection<Comment>('comments');
    this.troubles = world.collection<Trouble>('troubles');
    this.personal = world.collection<boolean>('personal');
  }

  now(): number {
    return this.world.now().getTime();
  }

  /** The account below a Page; the Café has none. */
  accountOfPage({ id, name }: Pick<Page, 'id' | 'name'>): Account | undefined {
    if (name === WITHOUT_ACCOUNT) return undefined;
    const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '.');
    return { id: `17841${numericId(`account:${id}`).slice(-12)}`, username: `${plain}.${id.slice(-4)}`, name };
  }

  /** The account that a person signs in to Instagram with: that of their first Page. */
  accountOfPerson(userId: string): Account {
    const [account] = this.logins.instagram.pagesOf(userId).flatMap((page) => this.accountOfPage(page) ?? []);
    if (!account) throw new Error('A practice person has no Page with an account.');
    return account;
  }

  trouble(accountId: string): Trouble {
    return this.troubles.get(accountId) ?? {};
  }

  /** How many posts were published within 24 hours; a carousel counts once, a comment not at all. */
  publishedToday(accountId: string): number {
    const since = this.now() - 86_400_000;
    const recent = this.media.entries().filter(([, media]) => media.accountId === accountId && media.at > since);
    return recent.length + (this.trouble(accountId).published ?? 0);
  }

  /** Takes down the stories whose 24 hours are over. */
  endStories(): void {
    const before = this.now() - 86_400_000;
    for (const [id, media] of this.media.entries()) {
      if (media.product !== 'STORY' || media.ended || media.at > before) continue;
      this.media.set(id, { ...media, ended: true });
      this.world.hide(media.accountId, id);
    }
  }

  private pageFields(page: Page): JsonObject {
    const account = this.accountOfPage(page);
    return {
      instagram_business_account: account
        ? { id: account.id, username: account.username, name: account.name, profile_picture_url: null }
        : null,
    };
  }
}

/** A new id in Instagram's form: more digits than a number holds. */
export function newMediaId(): string {
  return `179${numericId(crypto.randomUUID()).slice(1)}`;
}

/** Seconds alone, and the zone without a colon. */
export function graphTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, '+0000');
}
