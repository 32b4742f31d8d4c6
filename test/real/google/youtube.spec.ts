import { type OAuthApp } from '#platforms/core';
import { platform } from '#platforms/youtube';
import { MiniRunner, practiceDraft, type PracticeDraft, type PracticeKit, practiceVideo } from '#platforms/testing';
import { UNCHECKED } from '../../support/google-unchecked.js';
import { image, video } from '../openapi/files.js';
import { beRefused, Comparison, refused, rehearseHeard } from '../openapi/hearing.js';
import { GoogleOfficial, isInstalled } from './official.js';

const { manifest } = platform.adapter;
const app = manifest.extra?.['practiceApp'] as unknown as OAuthApp;
const SETTINGS = { title: 'How it is baked', madeForKids: 'no' };

(isInstalled ? describe : describe.skip)("YouTube, by Google's own package", () => {
  it('is asked what it describes, and answers as it describes', async () => {
    const { published, exchanges } = await rehearseHeard({ platform, app, drafts: ofYouTube, beside });
    expect(published).toEqual(['a video', 'a Short', 'a video with all that there is']);
    const comparison = new Comparison(new GoogleOfficial('youtube', 'v3'), manifest, {}, 'accounts');
    for (const exchange of exchanges) comparison.compare(exchange);
    expect([...comparison.problems]).toEqual([]);
    expect([...comparison.unchecked].sort()).toEqual(Object.keys(UNCHECKED.youtube).sort());
    const answered = [...comparison.checked].map(([name, statuses]) => `${name} ${[...statuses].sort().join(' ')}`);
    expect(answered.sort()).toEqual([
      'DELETE /youtube/v3/videos 204 400 401 403 503',
      'GET /youtube/v3/channels 200 401',
      'GET /youtube/v3/commentThreads 200',
      'GET /youtube/v3/playlistItems 200',
      'GET /youtube/v3/playlists 200',
      'GET /youtube/v3/videos 200 400 401 403 503',
      'POST /upload/youtube/v3/thumbnails/set 200',
      'POST /upload/youtube/v3/videos 200 400 401 403 503',
      'POST /youtube/v3/commentThreads 200',
      'POST /youtube/v3/playlistItems 200',
      'PUT /upload/youtube/v3/videos 200',
      'PUT /youtube/v3/videos 200 400 401 403 503',
    ]);
  }, 120_000);
});

const film = (width: number, height: number, durationMs: number) => practiceVideo({ width, height, durationMs });

async function ofYouTube(kit: PracticeKit): Promise<Record<string, PracticeDraft>> {
  const [list] = (await kit.adapter.lookup?.(kit.account(), 'playlist', '')) ?? [];
  if (!list) throw new Error('The account has no playlist.');
  const cover = await image(undefined, { width: 1_280, height: 720 });
  const covered = {
    ...film(640, 360, 3_000),
    coverAtMs: 1_000,
    cover: async () => ({ contentType: cover.contentType, bytes: await cover.read() }),
  };
  return {
    'a video': practiceDraft({ text: 'Fresh bread', settings: SETTINGS }, [film(640, 360, 4_000)]),
    'a Short': practiceDraft({ text: 'In a minute', settings: { ...SETTINGS, format: 'short' } }, [video()]),
    'a video with all that there is': practiceDraft(
      {
        text: 'All of it',
        link: 'https://example.com/bread',
        settings: {
          ...SETTINGS,
          ...{ tags: ['rye', 'sour dough'], category: '26', syntheticMedia: true, license: 'creativeCommon' },
          ...{ embeddable: false, notifySubscribers: false },
          playlist: { value: list.value, label: list.label },
        },
      },
      [covered],
    ),
  };
}

let written = 0;

async function beside(kit: PracticeKit): Promise<void> {
  // Which nobody can comment on.
  const own = { ...SETTINGS, privacy: 'private' };
  await new MiniRunner(kit, practiceDraft({ text: 'For us', settings: own }, [film(640, 360, 5_000)])).publish();
  await beRefused(kit, async () => {
    written += 1;
    return practiceDraft({ text: `Once more, the ${written}th`, settings: SETTINGS }, [video()]);
  });
  const late = practiceDraft({ text: 'Film', settings: SETTINGS }, [video(5_000, { refusedLate: true })]);
  await refused(new MiniRunner(kit, late).prepare(), 'a video that is no good');
  const account = kit.account();
  const strange = { ...account, credentials: { ...account.credentials, accessToken: 'wrong' } };
  await refused(kit.adapter.listChannels(strange), 'a wrong token');
}
