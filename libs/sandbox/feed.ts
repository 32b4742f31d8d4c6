import express, { Router } from 'express';
import { isJsonObject, type VisiblePost } from '#platforms/core';
import { queryText } from './control.js';
import { shownDetails, type ShownDetails } from './details.js';
import { type Arrangement, arrangementOf } from './looks.js';
import { feedPage, notFoundPage, postPage } from './pages.js';
import { withReplies } from './replies.js';
import { type Sandbox } from './sandbox.js';
import { CONTENT_SECURITY_POLICY } from './style.js';

/** A file that a post shows, and where it is on disk. */
export interface ShownMedia {
  folder: string;
  name: string;
  contentType: string;
}

type FindMedia = (digest: string) => ShownMedia | undefined;

const YEAR_MS = 365 * 24 * 3_600_000;

/** Names a visible post: what a receipt of its platform says. */
interface PostName {
  platform: string;
  id: string;
}

/** A post with how its network shows it, for whoever draws it elsewhere. */
export interface DrawnPost extends VisiblePost {
  drawn: ShownDetails & { arrangement: Arrangement };
}

/** What was published, for people (`/`, `/p/...`) and programs (`/feed.json`). */
export function feedRouter(sandbox: Sandbox, findMedia: FindMedia): Router {
  const router = Router();
  const newestFirst = (platform?: string, account?: string) =>
    sandbox
      .visible(platform, account)
      .reverse()
      .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));

  router.get('/', (req, res) => {
    const filter = { platform: queryText(req, 'platform'), account: queryText(req, 'account') };
    const page = feedPage(newestFirst(filter.platform, filter.account), filter);
    res.set('content-security-policy', CONTENT_SECURITY_POLICY).type('html').send(page);
  });
  router.get('/feed.json', (req, res) => {
    res.json({ data: newestFirst(queryText(req, 'platform'), queryText(req, 'account')) });
  });
  // For whoever knows the posts from their receipts, and shows nobody those of others.
  router.post('/feed.json', express.json({ limit: '1mb' }), (req, res) => {
    const names = parseNames(req.body as unknown);
    if (names) return void res.json({ data: byName(sandbox.visible(), names).map(drawn) });
    const message = '"posts" must be a list of objects with the texts "platform" and "id".';
    res.status(422).json({ error: 'invalid-posts', message });
  });
  router.get('/p/:platform/:account/:id', (req, res) => {
    const { platform, account, id } = req.params;
    const visible = sandbox.visible(platform, account);
    const post = visible.find((candidate) => candidate.id === id);
    // A reply that is looked at by itself has its own page.
    const shown = post && (withReplies(visible).find((one) => one.post === post) ?? { post, replies: [] });
    res.set('content-security-policy', CONTENT_SECURITY_POLICY).type('html');
    if (shown) res.send(postPage(shown));
    else res.status(404).send(notFoundPage());
  });
  router.get('/media/:digest/posts', (req, res) => {
    const showing = sandbox.visible().filter((post) => shows(post, req.params.digest));
    res.json({ data: showing.map(({ platform, id }) => ({ platform, id })) });
  });
  router.get('/media/:digest', (req, res) => {
    const media = findMedia(req.params.digest);
    if (!media) return void res.status(404).json({ error: 'no-such-media', message: 'No file has this digest.' });
    // Whatever was uploaded is shown as a picture or not at all: an SVG must not run its scripts here.
    res.set({ 'content-security-policy': "default-src 'none'; sandbox", 'x-content-type-options': 'nosniff' });
    res.set('etag', `"${req.params.digest}"`).type(media.contentType);
    // In parts where a player asks for parts, and never all of it in memory.
    res.sendFile(media.name, { root: media.folder, lastModified: false, maxAge: YEAR_MS, immutable: true });
  });
  return router;
}

function drawn(post: VisiblePost): DrawnPost {
  return { ...post, drawn: { arrangement: arrangementOf(post), ...shownDetails(post) } };
}

/** Whether a file is one of a post, or stands for its video. */
function shows(post: VisiblePost, digest: string): boolean {
  return post.media.some((file) => file.digest === digest) || shownDetails(post).poster === digest;
}

/** In the order of the names; what is not visible any more is left out, and what is seen twice is there twice. */
function byName(posts: readonly VisiblePost[], names: readonly PostName[]): VisiblePost[] {
  const keyOf = ({ platform, id }: PostName) => `${platform}\n${id}`;
  const found = new Map<string, VisiblePost[]>();
  for (const post of posts) found.set(keyOf(post), [...(found.get(keyOf(post)) ?? []), post]);
  return names.flatMap((name) => found.get(keyOf(name)) ?? []);
}

function parseNames(body: unknown): PostName[] | undefined {
  if (!isJsonObject(body) || !Array.isArray(body['posts'])) return undefined;
  const names: PostName[] = [];
  for (const post of body['posts']) {
    if (!isJsonObject(post) || typeof post['platform'] !== 'string' || typeof post['id'] !== 'string') return undefined;
    names.push({ platform: post['platform'], id: post['id'] });
  }
  return names;
}
