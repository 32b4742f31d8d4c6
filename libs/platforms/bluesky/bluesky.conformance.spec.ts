import { describeConformance, practiceDraft, practiceImage } from '#platforms/testing';
import { platform } from './index.js';

// The practice network loads the lexicons with the first record; a slow machine would count that against the first request.
beforeAll(() => import('@atproto/api'));

const described = await practiceImage({ altText: 'A blue wall' });
const plain = await practiceImage({ color: '#993333', type: 'png' });

describeConformance(platform, {
  drafts: [
    { name: 'a text', ...practiceDraft({ text: 'Grüße aus dem Büro 👋🏽' }) },
    { name: 'a link card', ...practiceDraft({ text: 'Read this', link: 'https://example.com/offers?a=1' }) },
    {
      name: 'a text with facets',
      ...practiceDraft({ text: '🎉 @practice.bsky.test https://example.com #größe', settings: { langs: 'de, en' } }),
    },
    { name: 'images', ...practiceDraft({ text: '@practice.bsky.test @nobody.test' }, [described, plain]) },
  ],
  violations: [
    {
      name: 'more bytes than a record may have',
      draft: practiceDraft({ text: '👨‍👩‍👧‍👦'.repeat(121) }).draft,
      rule: 'bluesky.text-too-many-bytes',
      field: 'text',
    },
    {
      name: 'a link card beside images',
      draft: practiceDraft({ text: 'both', link: 'https://example.com' }, [plain]).draft,
      rule: 'bluesky.link-with-media',
      field: 'link',
    },
    {
      name: 'a language that is none',
      draft: practiceDraft({ text: 'hello', settings: { langs: 'english!' } }).draft,
      rule: 'bluesky.language-invalid',
      field: 'settings/langs',
    },
  ],
  preparesOverHttp: true,
  wrongCredentials: { password: 'guess' },
  publicCredentials: ['pds', 'did', 'handle'],
  expire: async (kit) => {
    const response = await fetch(`${kit.sandbox.origin}/bluesky/_practice/expire`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ identifier: kit.channel.handle }),
    });
    expect(response.status).toBe(204);
  },
});
