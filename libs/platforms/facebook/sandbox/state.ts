import { type SandboxCollection, type SandboxWorld } from '#platforms/core';
import { LoginState, numericId } from '#platforms/meta/sandbox';
import { PRACTICE_APP } from '../manifest.js';

/** The permissions that the practice app may ask for. */
const KNOWN_SCOPES = [
  'public_profile',
  'email',
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_posts',
  'pages_manage_engagement',
  'pages_read_user_content',
  'business_management',
] as const;

/** A photo that was uploaded unpublished; `usedBy` is the post or story that shows it. */
export type Photo = {
  id: string;
  pageId: string;
  contentType: string;
  bytes: number;
  digest: string;
  altText?: string;
  usedBy?: string;
};

/** A published post. */
export type Post = {
  id: string;
  pageId: string;
  message: string;
  link?: string;
  place?: string;
  photos: string[];
  createdAt: string;
};

/** The edges that take videos. */
export type VideoEdge = 'videos' | 'video_reels' | 'video_stories';

/** A video on its way, or published. Instants in milliseconds since 1970. */
export type Video = {
  id: string;
  pageId: string;
  edge: VideoEdge;
  /** Of an upload in chunks. */
  sessionId?: string;
  fileSize?: number;
  /** What came in, once it is complete. */
  file?: { bytes: number; digest: string; contentType: string; durationMs: number };
  /** What is wrong with it, which shows when it is processed. */
  problem?: string;
  cover?: string;
  title?: string;
  description: string;
  place?: string;
  postId: string;
  finishedAt?: number;
  /** Whether it was processed. */
  settled?: 'published' | 'failed';
};

/** A story of a photo or of a video. */
export type Story = {
  postId: string;
  pageId: string;
  mediaId: string;
  mediaType: 'photo' | 'video';
  createdAt: number;
};

/** A comment of the Page. */
export type Comment = { id: string; objectId: string; pageId: string; message: string; createdAt: string };

/** A Page that is a place. */
export interface Place {
  id: string;
  name: string;
  /** Left out = a Page without an address. */
  location?: { street: string; zip: string; city: string; country: string; latitude: number; longitude: number };
}

const place = (name: string, street: string, zip: string, city: string): Place => ({
  id: numericId(`place:${name}`),
  name,
  location: { street, zip, city, country: 'Germany', latitude: 52.5, longitude: 13.4 },
});

/** What the search for Pages finds. */
export const PLACES: readonly Place[] = [
  place('Practice Market Hall', 'Market Street 1', '10115', 'Berlin'),
  place('Practice Museum', 'Museum Island 2', '10178', 'Berlin'),
  place('Practice Harbour', 'Harbour Road 3', '20457', 'Hamburg'),
  { id: numericId('place:Practice Fans'), name: 'Practice Fans' },
];

/** The practice network's whole state, on the collections of its world. */
export class State extends LoginState {
  readonly photos: SandboxCollection<Photo>;
  readonly posts: SandboxCollection<Post>;
  readonly videos: SandboxCollection<Video>;
  readonly stories: SandboxCollection<Story>;
  readonly comments: SandboxCollection<Comment>;

  constructor(world: SandboxWorld) {
    super(world, { platform: 'facebook', name: 'Facebook', app: PRACTICE_APP, scopes: KNOWN_SCOPES });
    this.photos = world.collection<Photo>('photos');
    this.posts = world.collection<Post>('posts');
    this.videos = world.collection<Video>('videos');
    this.stories = world.collection<Story>('stories');
    this.comments = world.collection<Comment>('comments');
  }

  now(): number {
    return this.world.now().getTime();
  }
}
