import { Router } from 'express';
import { queryText } from './control.js';
import { CONTENT_SECURITY_POLICY, feedPage, notFoundPage, postPage } from './pages.js';
import { type Sandbox } from './sandbox.js';

type FindMedia = (digest: string) => { bytes: Uint8Array; contentType: string } | undefined;

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
  router.get('/p/:platform/:account/:id', (req, res) => {
    const { platform, account, id } = req.params;
    const post = sandbox.visible(platform, account).find((candidate) => candidate.id === id);
    res.set('content-security-policy', CONTENT_SECURITY_POLICY).type('html');
    if (post) res.send(postPage(post));
    else res.status(404).send(notFoundPage());
  });
  router.get('/media/:digest', (req, res) => {
    const media = findMedia(req.params.digest);
    if (!media) return void res.status(404).json({ error: 'no-such-media', message: 'No file has this digest.' });
    // Whatever was uploaded is shown as a picture or not at all: an SVG must not run its scripts here.
    res.set({ 'content-security-policy': "default-src 'none'; sandbox", 'x-content-type-options': 'nosniff' });
    res
      .set('cache-control', 'public, max-age=31536000, immutable')
      .type(media.contentType)
      .send(Buffer.from(media.bytes));
  });
  return router;
}
