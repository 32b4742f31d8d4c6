import { type JsonObject, type OAuthApp } from '#platforms/core';
import { platform } from '#platforms/x';
import { MiniRunner, practiceDraft, type PracticeDraft, type PracticeKit } from '#platforms/testing';
import { UNCHECKED } from '../../support/openapi-unchecked.js';
import { amendX } from './exceptions.js';
import { animation, image, video } from './files.js';
import { beRefused, Comparison, refused, rehearseHeard } from './hearing.js';
import { isThere, Official } from './official.js';

const { manifest } = platform.adapter;
const scopes = manifest.connect.type === 'oauth' ? manifest.connect.scopes : [];
const app = manifest.extra?.['practiceApp'] as unknown as OAuthApp;

/** Whom the practice network takes for a subscriber: only such accounts edit posts. */
const PREMIUM = 'Practice Premium';

const available = isThere('x.openapi.json');
(available ? describe : describe.skip)('X, by its official description', () => {
  it('is asked what it describes, and answers as it describes', async () => {
    const { published, exchanges } = await rehearseHeard({
      platform,
      app,
      person: PREMIUM,
      drafts: ofX,
      fixed: ['a poll'],
      beside,
    });
    expect(published).toEqual([
      ...['a text', 'a link', 'an image', 'images', 'an animation', 'a video', 'a poll', 'with a label'],
    ]);
    const comparison = new Comparison(new Official('x.openapi.json', scopes, amendX), manifest);
    for (const exchange of exchanges) comparison.compare(exchange);
    expect([...comparison.problems]).toEqual([]);
    expect([...comparison.unchecked].sort()).toEqual(Object.keys(UNCHECKED.x).sort());
    const answered = [...comparison.checked].map(([name, statuses]) => `${name} ${[...statuses].sort().join(' ')}`);
    expect(answered.sort()).toEqual([
      'DELETE /2/tweets/{id} 200 400 401 404 429 503',
      'GET /2/media/upload 200',
      'GET /2/users/me 200 401',
      'GET /2/users/{id}/tweets 200 400 401 429 503',
      'POST /2/media/metadata 200',
      'POST /2/media/upload 200 400 401 429 503',
      'POST /2/media/upload/initialize 200',
      'POST /2/media/upload/{id}/append 200',
      'POST /2/media/upload/{id}/finalize 200',
      'POST /2/tweets 201 400 401 403 429 503',
    ]);
  }, 120_000);
});

async function ofX(): Promise<Record<string, PracticeDraft>> {
  return {
    'a text': practiceDraft({ text: 'Fresh bread', settings: { replySettings: 'following' } }),
    'a link': practiceDraft({ text: 'Read this', link: 'https://example.com/bread' }),
    'an image': practiceDraft({ text: 'One loaf' }, [await image('A loaf of bread')]),
    images: practiceDraft({ text: 'Four loaves' }, [
      ...[await image('One'), await image('Two'), await image('Three'), await image('Four')],
    ]),
    'an animation': practiceDraft({ text: 'It rises' }, [await animation()]),
    'a video': practiceDraft({ text: 'How it is baked' }, [video()]),
    'a poll': practiceDraft({
      text: 'Which one?',
      settings: { withPoll: true, pollOptions: ['Rye', 'Wheat'], pollMinutes: 60 },
    }),
    'with a label': practiceDraft({ text: 'Baked for you', settings: { madeWithAi: true, paidPartnership: true } }),
  };
}

let written = 0;

async function beside(kit: PracticeKit): Promise<void> {
  await beRefused(kit, async () => {
    written += 1;
    return practiceDraft({ text: `Once more, the ${written}th` }, [await image()]);
  });
  const { adapter } = kit;
  // The very same twice.
  const twice = practiceDraft({ text: 'Said twice' });
  const first = await new MiniRunner(kit, twice).publish();
  if (first.state !== 'published') throw new Error(`It ended ${JSON.stringify(first)}`);
  const second = new MiniRunner(kit, twice);
  const prepared = await second.prepare();
  await refused(second.commit(prepared), 'the same twice');
  // Longer than it may be, below what is not there, a file that is not there, and one that does not exist.
  const { body } = prepared as { body: JsonObject };
  const wrong: JsonObject[] = [
    { ...body, text: 'long '.repeat(6_000) },
    { ...body, text: 'Below', reply: { in_reply_to_tweet_id: '1' } },
    { ...body, text: 'Beside', media: { media_ids: ['1'] } },
  ];
  for (const one of wrong)
    await refused(
      adapter.commit({ ...kit.account(), media: [] }, { ...prepared, body: one }),
      JSON.stringify(one).slice(0, 40),
    );
  await adapter.remove?.(kit.account(), first.receipt);
  await adapter.remove?.(kit.account(), first.receipt);
  await refused(
    new MiniRunner(kit, practiceDraft({ text: 'Film' }, [video(5_000, { refusedLate: true })])).prepare(),
    'it',
  );
  const account = kit.account();
  const strange = { ...account, credentials: { ...account.credentials, accessToken: 'wrong' } };
  await refused(adapter.listChannels(strange), 'a wrong token');
}
