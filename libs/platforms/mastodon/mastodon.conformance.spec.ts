import { describeConformance, practiceDraft, practiceImage } from '#platforms/testing';
import { draftOf } from './mastodon.fixture.js';
import { platform } from './index.js';
import { urlsOf } from './sandbox/render.js';
import { withLink } from './text.js';

const LINK = 'https://example.com/spring?utm_source=clickpost';

describeConformance(platform, {
  drafts: [
    { name: 'a text', ...practiceDraft({ text: 'Spring <sale> & more\n\nfor @bob@mas.to #spring' }) },
    { name: 'a link', ...practiceDraft({ text: 'Our spring sale', link: LINK }) },
    {
      name: 'a warned text in German',
      ...practiceDraft({
        text: 'Das Ende: alle überleben.',
        settings: { spoilerText: 'Spoiler', sensitive: true, visibility: 'unlisted', language: 'de' },
      }),
    },
    { name: 'an image alone', ...practiceDraft({}, [await practiceImage()]) },
    {
      name: 'text, link and two images',
      ...practiceDraft({ text: 'Look', link: LINK }, [
        await practiceImage({ altText: 'Tulips – "red" & ünlike', color: '#cc3333' }),
        await practiceImage({ type: 'png', altText: 'Daffodils', color: '#eecc33' }),
      ]),
    },
  ],
  violations: [
    { name: 'nothing at all', draft: draftOf(''), rule: 'mastodon.text-missing', field: 'text' },
    {
      name: 'a text that is too long with its link',
      draft: draftOf('x'.repeat(480), { link: LINK }),
      rule: 'mastodon.text-too-long',
      field: 'text',
    },
    {
      name: 'a text that is too long with its warning',
      draft: draftOf('x'.repeat(495), { settings: { spoilerText: 'spoiler' } }),
      rule: 'mastodon.text-too-long',
      field: 'text',
    },
    {
      name: 'a direct message',
      draft: draftOf('hi', { settings: { visibility: 'direct' } }),
      rule: 'mastodon.visibility-invalid',
      field: 'settings/visibility',
    },
    {
      name: 'a language by its name',
      draft: draftOf('hi', { settings: { language: 'German' } }),
      rule: 'mastodon.language-invalid',
      field: 'settings/language',
    },
    {
      name: 'a warning that is no text',
      draft: draftOf('hi', { settings: { spoilerText: 7 } }),
      rule: 'mastodon.spoiler-text-invalid',
      field: 'settings/spoilerText',
    },
    {
      name: 'a flag that is no flag',
      draft: draftOf('hi', { settings: { sensitive: 'yes' } }),
      rule: 'mastodon.sensitive-invalid',
      field: 'settings/sensitive',
    },
  ],
  preparesOverHttp: true,
  wrongCredentials: { accessToken: 'not-a-token' },
  publicCredentials: ['instance'],
  async expire(kit) {
    await fetch(`${kit.sandbox.origin}/mastodon/_practice/revoke`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ accessToken: 'practice' }),
    });
  },
  shown(draft) {
    const text = withLink(draft.text, draft.link);
    const [link] = urlsOf(text);
    return { text, ...(link !== undefined && { link }) };
  },
});
