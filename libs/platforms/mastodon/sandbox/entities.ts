import { type JsonObject } from '#platforms/core';
import { hashtagsOf, renderContent } from './render.js';
import { type Account, type Media, type PracticeService, type Status } from './service.js';

/** https://docs.joinmastodon.org/entities/Account/ */
export function accountEntity(account: Account, { world, statuses }: PracticeService): JsonObject {
  const own = statuses.entries().filter(([, status]) => status.accountId === account.id);
  const picture = `${world.baseUrl}/avatars/original/missing.png`;
  return {
    id: account.id,
    username: account.username,
    acct: account.username,
    display_name: `Practice ${account.username}`,
    url: `${world.baseUrl}/@${account.username}`,
    uri: `${world.baseUrl}/users/${account.username}`,
    note: '<p>A practice account.</p>',
    avatar: picture,
    avatar_static: picture,
    header: picture,
    header_static: picture,
    locked: false,
    bot: false,
    group: false,
    discoverable: null,
    indexable: false,
    created_at: account.createdAt,
    last_status_at: null,
    statuses_count: own.length,
    followers_count: 0,
    following_count: 0,
    emojis: [],
    fields: [],
  };
}

/** https://docs.joinmastodon.org/entities/Account/#CredentialAccount */
export function credentialAccountEntity(account: Account, service: PracticeService): JsonObject {
  return {
    ...accountEntity(account, service),
    source: {
      note: 'A practice account.',
      fields: [],
      privacy: 'public',
      sensitive: false,
      language: null,
      follow_requests_count: 0,
      indexable: false,
    },
    role: { id: '-99', name: '', permissions: '65536', color: '', highlighted: false },
  };
}

/** https://docs.joinmastodon.org/entities/MediaAttachment/ */
export function mediaEntity(media: Media, { world }: PracticeService): JsonObject {
  const { id, kind, width, height, digest, description, looksLeft, durationMs, focus } = media;
  const file = `${new URL(world.baseUrl).origin}/media/${digest}`;
  const size = { width, height, size: `${width}x${height}`, aspect: width / height };
  return {
    id,
    type: kind,
    url: looksLeft > 0 ? null : file,
    preview_url: file,
    remote_url: null,
    meta: {
      original: { ...size, ...(durationMs !== undefined && { duration: durationMs / 1_000 }) },
      ...(focus && { focus }),
    },
    description,
    blurhash: null,
  };
}

/** https://docs.joinmastodon.org/entities/Status/ */
export function statusEntity(status: Status, account: Account, service: PracticeService): JsonObject {
  const { baseUrl } = service.world;
  const attachments = status.mediaIds.flatMap((id) => service.media.get(id) ?? []);
  const replied = status.inReplyToId === null ? undefined : service.statuses.get(status.inReplyToId);
  return {
    id: status.id,
    created_at: status.createdAt,
    in_reply_to_id: status.inReplyToId,
    in_reply_to_account_id: replied?.accountId ?? null,
    sensitive: status.sensitive,
    spoiler_text: status.spoilerText,
    visibility: status.visibility,
    language: status.language,
    uri: `${baseUrl}/users/${account.username}/statuses/${status.id}`,
    url: permalinkOf(status, account, service),
    replies_count: 0,
    reblogs_count: 0,
    favourites_count: 0,
    edited_at: null,
    favourited: false,
    reblogged: false,
    muted: false,
    bookmarked: false,
    pinned: false,
    content: renderContent(status.text, baseUrl),
    reblog: null,
    application: { name: 'ClickPost practice', website: null },
    account: accountEntity(account, service),
    media_attachments: attachments.map((media) => mediaEntity(media, service)),
    mentions: [],
    tags: hashtagsOf(status.text).map((name) => ({ name, url: `${baseUrl}/tags/${encodeURIComponent(name)}` })),
    emojis: [],
    card: null,
    poll: null,
  };
}

/** Where people see a status. */
export function permalinkOf(status: Status, account: Account, { world }: PracticeService): string {
  return `${world.baseUrl}/@${account.username}/${status.id}`;
}

/** The configuration that both versions of the instance's description share. */
const CONFIGURATION = {
  accounts: { max_featured_tags: 10, max_pinned_statuses: 5 },
  polls: { max_options: 4, max_characters_per_option: 50, min_expiration: 300, max_expiration: 2_629_746 },
};

/** The limits of the practice server: a stock server's. */
export const LIMITS = {
  statuses: { max_characters: 500, max_media_attachments: 4, characters_reserved_per_url: 23 },
  media_attachments: {
    supported_mime_types: [
      ...['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
      ...['video/webm', 'video/mp4', 'video/quicktime', 'video/ogg'],
    ],
    description_limit: 1_500,
    image_size_limit: 16_777_216,
    image_matrix_limit: 33_177_600,
    video_size_limit: 103_809_024,
    video_frame_rate_limit: 120,
    video_matrix_limit: 8_294_400,
  },
};

const TITLE = 'Mastodon practice server';
const DESCRIPTION = 'Practice posts live here; nobody outside sees them.';
const VERSION = '4.5.0';

/** https://docs.joinmastodon.org/entities/Instance/ */
export function instanceEntity({ world }: PracticeService): JsonObject {
  return {
    domain: new URL(world.baseUrl).host,
    title: TITLE,
    version: VERSION,
    source_url: 'https://github.com/mastodon/mastodon',
    description: DESCRIPTION,
    usage: { users: { active_month: 1 } },
    thumbnail: { url: `${world.baseUrl}/thumbnail.png` },
    icon: [],
    languages: ['en'],
    configuration: {
      ...CONFIGURATION,
      ...LIMITS,
      urls: { streaming: null },
      vapid: { public_key: 'practice' },
      translation: { enabled: false },
    },
    registrations: { enabled: false, approval_required: false, message: null, url: null },
    api_versions: { mastodon: 7 },
    contact: { email: 'practice@mastodon.example', account: null },
    rules: [],
  };
}

/** https://docs.joinmastodon.org/entities/V1_Instance/ */
export function instanceV1Entity({ world, accounts, statuses }: PracticeService): JsonObject {
  return {
    uri: new URL(world.baseUrl).host,
    title: TITLE,
    short_description: DESCRIPTION,
    description: DESCRIPTION,
    email: 'practice@mastodon.example',
    version: VERSION,
    urls: { streaming_api: 'wss://mastodon.example' },
    stats: { user_count: accounts.entries().length, status_count: statuses.entries().length, domain_count: 0 },
    thumbnail: null,
    languages: ['en'],
    registrations: false,
    approval_required: false,
    invites_enabled: false,
    configuration: { ...CONFIGURATION, ...LIMITS },
    rules: [],
  };
}

/** https://docs.joinmastodon.org/entities/Application/ */
export function applicationEntity(): JsonObject {
  return {
    id: '1',
    name: 'ClickPost practice',
    website: null,
    scopes: ['read:accounts', 'read:statuses', 'write:statuses', 'write:media'],
    redirect_uri: 'urn:ietf:wg:oauth:2.0:oob',
    redirect_uris: ['urn:ietf:wg:oauth:2.0:oob'],
    vapid_key: 'practice',
  };
}
