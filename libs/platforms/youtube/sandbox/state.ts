import { createHash, randomBytes } from 'node:crypto';
import { type Json, type SandboxCollection, type SandboxWorld } from '#platforms/core';
import { type GooglePerson, GoogleState } from '#platforms/google/sandbox';
import { PRACTICE_APP, SCOPES } from '../manifest.js';

/** A YouTube channel. `verified`: its phone number is, so that it may have thumbnails and long videos. */
export type Channel = {
  id: string;
  personId: string;
  name: string;
  /** The playlist that holds whatever is uploaded. */
  uploads: string;
  verified: boolean;
};

/** What people read about a video. */
export type Snippet = {
  title: string;
  description: string;
  tags: string[];
  categoryId: string;
  defaultLanguage?: string;
  defaultAudioLanguage?: string;
};

/** Who may see it, and how. */
export type Status = {
  privacyStatus: 'private' | 'unlisted' | 'public';
  license: 'youtube' | 'creativeCommon';
  embeddable: boolean;
  publicStatsViewable: boolean;
  selfDeclaredMadeForKids: boolean;
  containsSyntheticMedia: boolean;
};

/** How the processing of a video ends, where it does not end well. */
export type BadEnd = { status: 'failed' | 'rejected'; reason: string };

/** The bytes of a video, as the practice network read them. */
export type File = {
  contentType: string;
  bytes: number;
  digest: string;
  name: string;
  width: number;
  height: number;
  durationMs: number;
};

/** A video. Instants in milliseconds. */
export type Video = {
  id: string;
  channelId: string;
  snippet: Snippet;
  status: Status;
  file: File;
  at: number;
  readyAt: number;
  end?: BadEnd;
  /** The project was not audited when it was uploaded: private for ever. */
  locked: boolean;
  notified: boolean;
  shown: boolean;
  /** SHA-256 of the image of its own that stands for it. */
  thumbnail?: string;
};

/** An upload. Instants in milliseconds. */
export type Session = {
  id: string;
  personId: string;
  channelId: string;
  parts: string;
  total: number;
  contentType: string;
  filename: string;
  snippet: Snippet;
  status: Status;
  notify: boolean;
  expiresAt: number;
  /** Once it is complete. */
  videoId?: string;
};

/** A playlist. `full` = it takes no more. */
export type Playlist = {
  id: string;
  channelId: string;
  title: string;
  privacyStatus: Status['privacyStatus'];
  items: { id: string; videoId: string; at: number }[];
  full: boolean;
};

/** A comment below a video. */
export type Comment = { id: string; videoId: string; channelId: string; author: string; text: string; at: number };

const PLAYLISTS = ['Baking at dawn', 'Behind the counter', 'Cakes', 'Dough', 'Every Friday', 'Festivals', 'Guests'];

/** The practice network's whole state. */
export class State {
  readonly google: GoogleState;
  readonly channels: SandboxCollection<Channel>;
  readonly videos: SandboxCollection<Video>;
  readonly sessions: SandboxCollection<Session>;
  readonly playlists: SandboxCollection<Playlist>;
  readonly comments: SandboxCollection<Comment>;
  /** What was used, by day and bucket. */
  readonly used: SandboxCollection<number>;
  private readonly switches: SandboxCollection<Json>;

  constructor(readonly world: SandboxWorld) {
    this.google = new GoogleState(world, {
      name: 'YouTube',
      app: PRACTICE_APP,
      scopes: SCOPES,
      listsErrors: true,
      fields: CHANNEL_CHOICE,
      agreed: (person, { form }) => this.welcome(person, form.channel ?? 'verified'),
    });
    this.channels = world.collection('channels');
    this.videos = world.collection('videos');
    this.sessions = world.collection('sessions');
    this.playlists = world.collection('playlists');
    this.comments = world.collection('comments');
    this.used = world.collection('used');
    this.switches = world.collection('switches');
  }

  now(): number {
    return this.world.now().getTime();
  }

  /** Something that a rehearsal arranged. */
  arranged(name: string): Json | undefined {
    return this.switches.get(name);
  }

  arrange(name: string, value: Json | undefined): void {
    if (value === undefined) this.switches.delete(name);
    else this.switches.set(name, value);
  }

  /** Whether Google has audited the project of the practice app. */
  get isAudited(): boolean {
    return this.switches.get('audited') !== false;
  }

  channelOf(personId: string): Channel | undefined {
    return this.channels.get(personId);
  }

  channelById(id: string): Channel | undefined {
    return this.channels.entries().find(([, channel]) => channel.id === id)?.[1];
  }

  /** Newest first. */
  videosOf(channelId: string): Video[] {
    const all = this.videos.entries().map(([, video]) => video);
    return all.filter((video) => video.channelId === channelId).reverse();
  }

  playlistsOf(channelId: string): Playlist[] {
    return this.playlists.entries().flatMap(([, playlist]) => (playlist.channelId === channelId ? [playlist] : []));
  }

  addPlaylist(
    channelId: string,
    title: string,
    more: Partial<Pick<Playlist, 'full' | 'privacyStatus'>> = {},
  ): Playlist {
    const id = `PL${idOf(`playlist:${channelId}:${title}`, 32)}`;
    const known = this.playlists.get(id);
    const items = known?.items ?? [];
    const playlist: Playlist = { ...{ id, channelId, title, items, full: false, privacyStatus: 'public' }, ...more };
    this.playlists.set(id, playlist);
    return playlist;
  }

  /** Somebody signs in: with a channel, verified or not, or with none. */
  private welcome({ id, name }: GooglePerson, choice: string): void {
    if (choice === 'none') {
      this.channels.delete(id);
      return;
    }
    const channel = channelFor(id, name, choice !== 'unverified');
    this.channels.set(id, channel);
    if (this.playlistsOf(channel.id).length > 0) return;
    for (const title of PLAYLISTS) this.addPlaylist(channel.id, title);
    this.addPlaylist(channel.id, 'Plans', { privacyStatus: 'private' });
  }
}

const CHANNEL_CHOICE = `<label>YouTube channel <select name="channel">
    <option value="verified">with a verified phone number</option>
    <option value="unverified">without a verified phone number: no thumbnails, 15 minutes at most</option>
    <option value="none">no channel yet</option>
  </select></label>`;

function channelFor(personId: string, name: string, verified: boolean): Channel {
  const key = idOf(`channel:${personId}`, 22);
  return { id: `UC${key}`, personId, name, uploads: `UU${key}`, verified };
}

/** The id of the channel of a practice person. */
export function channelIdOf(personId: string): string {
  return channelFor(personId, '', true).id;
}

/** A channel's name in addresses. */
export function handleOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '');
}

/** The id that always belongs to this text. */
export function idOf(text: string, length: number): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, length);
}

/** Eleven characters, as videos have them; as many as wanted. */
export function newId(length = 11): string {
  return randomBytes(length).toString('base64url').slice(0, length);
}
