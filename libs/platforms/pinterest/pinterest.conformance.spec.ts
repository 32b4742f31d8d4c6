import { type Authorization } from '#platforms/core';
import {
  describeConformance,
  grantByConsent,
  practiceDraft,
  practiceImage,
  type PracticeKit,
  practiceVideo,
} from '#platforms/testing';
import { platform } from './index.js';
import { PRACTICE_APP } from './manifest.js';
import { approve } from './practice.fixture.js';
import { idOf, userIdOf } from './sandbox/state.js';

const userId = userIdOf('Practice Person');
const boardId = idOf(`board:${userId}:Bread and cakes`);
const board = { value: boardId, label: 'Bread and cakes' };
const section = { value: idOf(`section:${boardId}:Rye`), label: 'Rye' };

const loaf = await practiceImage({ altText: 'A loaf of bread' });
const shop = await practiceImage({ color: '#993333', type: 'png' });
const clip = practiceVideo({ altText: 'Kneading', durationMs: 4_000 });
const link = 'https://example.com/offers?a=1';

describeConformance(platform, {
  app: PRACTICE_APP,
  drafts: [
    {
      name: 'an image',
      ...practiceDraft({ text: 'Grüße aus der Bäckerei 👋🏽\n\nBis morgen', settings: { board } }, [loaf]),
    },
    { name: 'an image without a word', ...practiceDraft({ settings: { board } }, [shop]) },
    {
      name: 'an image with all that a Pin has',
      ...practiceDraft({ text: 'Read this', link, settings: { board, section, title: 'Rye at six' } }, [loaf]),
    },
    { name: 'a video', ...practiceDraft({ text: 'Watch', link, settings: { board, section } }, [clip]) },
  ],
  violations: [
    {
      name: 'a text alone',
      draft: practiceDraft({ text: 'Hello', settings: { board } }).draft,
      rule: 'pinterest.media-missing',
      field: 'media',
    },
    {
      name: 'a title that is too long',
      draft: practiceDraft({ settings: { board, title: 'x'.repeat(101) } }, [shop]).draft,
      rule: 'pinterest.title-too-long',
      field: 'settings/title',
    },
    {
      name: 'a video of three seconds',
      draft: practiceDraft({ settings: { board } }, [practiceVideo({ durationMs: 3_000 })]).draft,
      rule: 'pinterest.media-video-too-short',
      field: 'media/0',
    },
  ],
  preparesOverHttp: true,
  expire,
  connect,
});

async function connect(kit: PracticeKit): Promise<Authorization> {
  const { oauth } = kit.adapter;
  if (!oauth) throw new Error('Pinterest connects by OAuth.');
  const { endpoints } = kit.context();
  const grant = await grantByConsent({ oauth, app: PRACTICE_APP, endpoints, approve: (url) => approve(url) });
  return oauth.authorize(kit.context(), grant);
}

async function expire(kit: PracticeKit): Promise<void> {
  const answer = await fetch(`${kit.sandbox.origin}/pinterest/_practice/expire`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: userId }),
  });
  expect(answer.status).toBe(204);
}
