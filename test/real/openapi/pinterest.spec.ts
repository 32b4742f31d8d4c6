import { type JsonObject, lookedUpOf, type OAuthApp } from '#platforms/core';
import { platform } from '#platforms/pinterest';
import { MiniRunner, practiceDraft, type PracticeDraft, type PracticeKit } from '#platforms/testing';
import { UNCHECKED } from '../../support/openapi-unchecked.js';
import { amendPinterest } from './exceptions.js';
import { image, largeImage, video } from './files.js';
import { beRefused, Comparison, refused, rehearseHeard } from './hearing.js';
import { isThere, Official } from './official.js';

const { manifest } = platform.adapter;
const scopes = manifest.connect.type === 'oauth' ? manifest.connect.scopes : [];
const app = manifest.extra?.['practiceApp'] as unknown as OAuthApp;

/** The example of `upload_url` in the description. */
const UPLOAD = 'https://pinterest-media-upload.s3-accelerate.amazonaws.com';

const available = isThere('pinterest.openapi.json');
(available ? describe : describe.skip)('Pinterest, by its official description', () => {
  it('is asked what it describes, and answers as it describes', async () => {
    const { published, exchanges } = await rehearseHeard({ platform, app, drafts: ofPinterest, beside });
    expect(published).toEqual([
      ...[
        'an image',
        'an image with a link in a section',
        'a large image',
        'a video',
        'a carousel',
        'a large carousel',
      ],
    ]);
    const official = new Official('pinterest.openapi.json', scopes, amendPinterest);
    const comparison = new Comparison(official, manifest, { upload: UPLOAD });
    for (const exchange of exchanges) comparison.compare(exchange);
    expect([...comparison.problems]).toEqual([]);
    expect([...comparison.unchecked].sort()).toEqual(Object.keys(UNCHECKED.pinterest).sort());
    const answered = [...comparison.checked].map(([name, statuses]) => `${name} ${[...statuses].sort().join(' ')}`);
    expect(answered.sort()).toEqual([
      'DELETE /pins/{pin_id} 204 400 401 404 409 429 503',
      'GET /boards 200',
      'GET /boards/{board_id} 200 400 401 404 409 429 503',
      'GET /boards/{board_id}/pins 200 400 401 409 429 503',
      'GET /boards/{board_id}/sections 200',
      'GET /boards/{board_id}/sections/{section_id}/pins 200',
      'GET /media/{media_id} 200',
      'GET /user_account 200 401',
      'PATCH /pins/{pin_id} 200',
      'POST /media 201',
      'POST /oauth/token 200',
      'POST /oauth/token/revoke 200',
      'POST /pins 201 400 401 404 409 429 503',
    ]);
  }, 120_000);
});

/** A board that has a section, by the adapter's own lists. */
async function placesOf(kit: PracticeKit): Promise<{ board: JsonObject; section: JsonObject }> {
  const { adapter } = kit;
  for (const board of (await adapter.lookup?.(kit.account(), 'board', '')) ?? []) {
    const [section] = (await adapter.lookup?.(kit.account(), 'section', '', board.value)) ?? [];
    if (section) return { board: chosen('board', board), section: chosen('section', section) };
  }
  throw new Error('No board has a section.');
}

function chosen(setting: string, { value, label }: { value: string; label: string }): JsonObject {
  const looked = lookedUpOf({ [setting]: { value, label } }, setting);
  return { ...looked };
}

async function ofPinterest(kit: PracticeKit): Promise<Record<string, PracticeDraft>> {
  const { board, section } = await placesOf(kit);
  const text = 'Baked in the morning';
  return {
    'an image': practiceDraft({ text, settings: { board } }, [await image('A loaf of bread')]),
    'an image with a link in a section': practiceDraft(
      { text, link: 'https://example.com/bread', settings: { board, section, title: 'Bread' } },
      [await image()],
    ),
    'a large image': practiceDraft({ text, settings: { board } }, [await largeImage()]),
    'a video': practiceDraft({ text, settings: { board, title: 'Baking' } }, [video()]),
    'a carousel': practiceDraft({ text, link: 'https://example.com/loaves', settings: { board } }, [
      await image(),
      await image(),
    ]),
    'a large carousel': practiceDraft({ text, settings: { board } }, [await largeImage(), await largeImage()]),
  };
}

let written = 0;

async function beside(kit: PracticeKit): Promise<void> {
  const { adapter } = kit;
  const { board } = await placesOf(kit);
  await beRefused(kit, async () => {
    written += 1;
    return practiceDraft({ text: `Once more, the ${written}th`, settings: { board } }, [await image()]);
  });
  const draft = practiceDraft({ text: 'A last one', settings: { board } }, [await image()]);
  const prepared = await new MiniRunner(kit, draft).prepare();
  const { pin } = prepared as { pin: JsonObject };
  // A board that is not there, an address that cannot be reached, a video that is none.
  const wrong: JsonObject[] = [
    { ...pin, board_id: '1' },
    { ...pin, media_source: { source_type: 'image_url', url: 'https://example.invalid/none.jpg' } },
    { ...pin, media_source: { source_type: 'video_id', media_id: '1', cover_image_url: 'https://example.com/a.jpg' } },
  ];
  for (const one of wrong) {
    await refused(
      adapter.commit({ ...kit.account(), media: [] }, { ...prepared, pin: one }),
      JSON.stringify(one).slice(0, 80),
    );
  }
  const late = practiceDraft({ settings: { board } }, [video(5_000, { refusedLate: true })]);
  await refused(new MiniRunner(kit, late).prepare(), 'a video that is no good');
  const gone = { ...board, value: '1' };
  await refused(
    new MiniRunner(kit, practiceDraft({ settings: { board: gone } }, [await image()])).prepare(),
    'a board that is gone',
  );
  await adapter.remove?.(kit.account(), { id: '1' });
  const account = kit.account();
  const strange = { ...account, credentials: { ...account.credentials, accessToken: 'wrong' } };
  await refused(adapter.listChannels(strange), 'a wrong token');
}
