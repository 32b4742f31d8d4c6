import { Renditions } from '#media';
import { type MediaContent } from '#publishing';
import sharp from 'sharp';
import { card } from '../../libs/media/testing/card.js';
import { clip } from '../../libs/media/testing/clips.js';
import { type TestAccount } from '../support/api.js';
import { inHours, PracticeApi, type TestChannel } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

describe('an image of its own as the cover of a video', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  let stranger: TestAccount;
  let mastodon: TestChannel;
  let bluesky: TestChannel;
  let video: string;
  let poster: string;

  beforeAll(async () => {
    practice = await PracticeApi.start();
    account = await practice.api.signUp();
    stranger = await practice.api.signUp();
    [mastodon, bluesky] = [await practice.connect(account), await practice.connect(account, 'bluesky')];
    video = await upload(await clip('landscape'));
    // Larger than Mastodon takes of a cover.
    poster = await upload(await card(1_600, 900).png().toBuffer(), 'poster.png');
  });
  afterAll(() => practice?.close());

  const upload = async (
    file: string | Buffer,
    filename?: string,
    who = account,
    workspaceId = who.workspaceId,
  ): Promise<string> => {
    const request = practice.as(who).post(`/v1/workspaces/${workspaceId}/media`);
    const { body } = await request.attach('file', file, filename).expect(201);
    return body.id;
  };
  const create = (
    media: object,
    { schedule = inHours(24), on = [mastodon] }: { schedule?: unknown; on?: TestChannel[] } = {},
  ) =>
    practice
      .as(account)
      .post(`/v1/workspaces/${account.workspaceId}/posts`)
      .send({
        ...{ content: { text: 'Watch this' }, media: [media], channels: on.map(({ id }) => ({ id })) },
        schedule,
      });
  const validate = async (media: object) => {
    const { body } = await practice
      .as(account)
      .post(`/v1/workspaces/${account.workspaceId}/posts/validate`)
      .send({
        ...{ content: { text: 'Watch this' }, media: [media] },
        ...{ channels: [{ id: mastodon.id }, { id: bluesky.id }], schedule: null },
      })
      .expect(200);
    return body;
  };
  const contentOf = async (postId: string): Promise<{ hash: string; media: MediaContent }> => {
    const { rows } = await practice.owner.query(
      `select content_hash as hash, content #> '{segments,0,media,0}' as media from publications where post_id = $1`,
      [postId],
    );
    return rows[0];
  };

  it('goes out as the channel takes covers: within its limits, in the colours of the image', async () => {
    const { body } = await create({ id: video, coverId: poster }).expect(201);
    expect(body.media).toEqual([{ id: video, coverId: poster }]);
    const { media } = await contentOf(body.id);
    const source = await practice.api.app.get(Renditions).source(account.organizationId, media);
    const cover = await source.cover?.();
    expect(source.kind).toBe('video');
    const image = sharp(cover?.bytes);
    expect(await image.metadata()).toMatchObject({
      format: cover?.contentType.split('/')[1],
      width: 1_280,
      height: 720,
    });
    // A patch of the card that the video does not show there.
    const { data } = await image
      .extract({ left: 128, top: 72, width: 1, height: 1 })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const [red = 0, green = 0, blue = 0] = data;
    expect([Math.abs(red - 190) < 12, Math.abs(green - 50) < 12, Math.abs(blue - 50) < 12]).toEqual([true, true, true]);
  });

  it('is told of for each channel: what is changed of it, or that none is taken there', async () => {
    const { media, errors } = await validate({ id: video, coverId: poster });
    expect(errors).toEqual([]);
    expect(media).toMatchObject([
      {
        channelId: mastodon.id,
        cover: {
          mediaId: poster,
          action: 'render',
          steps: expect.arrayContaining([expect.objectContaining({ kind: 'resize' })]),
        },
      },
      {
        channelId: bluesky.id,
        cover: { mediaId: poster, action: 'none', reason: expect.stringContaining('No cover is taken here') },
      },
    ]);
    const moment = await validate({ id: video, coverAtMs: 200 });
    expect(moment.media.map(({ cover }: { cover: object }) => cover)).toEqual([
      { action: 'moment', steps: [] },
      { action: 'none', steps: [], reason: expect.any(String) },
    ]);
    expect((await validate({ id: video })).media[0]).not.toHaveProperty('cover');
  });

  it('is part of what is approved: with another one, the post is another', async () => {
    const other = await upload(await card(800, 600).png().toBuffer(), 'other.png');
    const hashes = [];
    for (const choice of [{}, { coverId: poster }, { coverId: other }, { coverAtMs: 0 }]) {
      const { body } = await create({ id: video, ...choice }).expect(201);
      hashes.push((await contentOf(body.id)).hash);
    }
    expect(new Set(hashes).size).toBe(4);
  });

  it('is changed by an edit, which is told in words', async () => {
    const { body, headers } = await create({ id: video, coverAtMs: 500 }).expect(201);
    await practice
      .as(account)
      .patch(`/v1/posts/${body.id}`)
      .set('if-match', headers['etag'] ?? '')
      .send({ media: [{ id: video, coverId: poster }] })
      .expect(200);
    const path = `/v1/posts/${body.id}/changes`;
    const { body: told } = await practice.as(account).get(path).query({ from: 1 }).expect(200);
    expect(told.changes).toMatchObject([
      { field: 'media/0', before: 'cover at 0.5 s', after: 'cover is poster.png', kind: 'value' },
    ]);
  });

  it('cannot be deleted while a post needs it, and neither is its file', async () => {
    const own = await upload(await card(900, 900).png().toBuffer(), 'own.png');
    const { body, headers } = await create({ id: video, coverId: own }).expect(201);
    const remove = () => practice.as(account).delete(`/v1/media/${own}`).set('if-match', '"1"');
    expectProblem(await remove(), { status: 409, slug: 'media-in-use' });
    const { rows } = await practice.owner.query(
      'select m.awaited from publication_media m join publications p on p.id = m.publication_id where p.post_id = $1 and m.asset_id = $2',
      [body.id, own],
    );
    expect(rows).toEqual([{ awaited: false }]);
    await practice
      .as(account)
      .patch(`/v1/posts/${body.id}`)
      .set('if-match', headers['etag'] ?? '')
      .send({ media: [{ id: video }] })
      .expect(200);
    await remove().expect(204);
    expectProblem(await create({ id: video, coverId: own }), { status: 404, slug: 'not-found' });
  });

  it('is seen by a client without an account, and no other file is', async () => {
    const { body } = await create({ id: video, coverId: poster }).expect(201);
    const link = await practice.as(account).post(`/v1/posts/${body.id}/review-links`).send({}).expect(201);
    const review = `/v1/review/${link.body.address.split('/').at(-1)}`;
    const client = practice.api.agent();
    const { body: seen } = await client.get(review).expect(200);
    expect(seen.post.channels[0].segments[0].media).toMatchObject([{ id: video, cover: { imageId: poster } }]);
    const shown = await client.get(`${review}/media/${poster}/content?width=400`).expect(200);
    expect(shown.headers['content-type']).toMatch(/^image\//);
    const unused = await upload(await card(300, 200).png().toBuffer(), 'unused.png');
    await client.get(`${review}/media/${unused}/content`).expect(404);
  });

  it.each<[string, () => Promise<object>, string]>([
    ['a video', async () => ({ id: video, coverId: video }), 'cover-not-image'],
    [
      'an animation',
      async () => ({
        id: video,
        coverId: await upload(
          await sharp([await frame('red'), await frame('blue')], { join: { animated: true } })
            .gif()
            .toBuffer(),
          'two.gif',
        ),
      }),
      'cover-not-image',
    ],
    ['an image on an image', async () => ({ id: poster, coverId: poster }), 'cover-not-video'],
    ['an image beside a moment', async () => ({ id: video, coverId: poster, coverAtMs: 100 }), 'cover-twice'],
  ])('is not %s', async (_what, media, rule) => {
    const before = await practice.counts();
    const item = await media();
    const added = { ...before, media_assets: (await practice.counts())['media_assets'] };
    const answer = await create(item);
    expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'media/0/coverId' });
    const [error] = answer.body.errors;
    expect([error.rule, error.message === error.remedy]).toEqual([rule, false]);
    expect(await practice.counts()).toEqual(added);
  });

  it('is nobody else’s: of another workspace or organization it is not there, in a draft neither', async () => {
    const { body: workspace } = await practice
      .as(account)
      .post('/v1/workspaces')
      .send({ name: 'Next door' })
      .expect(201);
    const png = await card(320, 200).png().toBuffer();
    const foreign = [
      await upload(png, 'theirs.png', stranger),
      await upload(png, 'next-door.png', account, workspace.id),
    ];
    for (const coverId of foreign) {
      for (const schedule of [null, inHours(24)]) {
        const answer = await create({ id: video, coverId }, { schedule });
        expectProblem(answer, { status: 404, slug: 'not-found', field: 'media/0/coverId' });
        expect(answer.text).not.toMatch(/theirs|next-door/);
      }
      const { errors } = await validate({ id: video, coverId });
      expect(errors).toMatchObject([{ rule: 'unknown-media', field: 'media/0/coverId' }]);
    }
    expectProblem(await create({ id: video, coverId: 'poster.png' }), {
      status: 422,
      slug: 'validation-failed',
      field: 'media/0/coverId',
    });
  });

  it('is found in capitals, as every id is', async () => {
    const { body } = await create({ id: video, coverId: poster.toUpperCase() }).expect(201);
    expect(body.media).toEqual([{ id: video, coverId: poster }]);
  });
});

function frame(background: string): Promise<Buffer> {
  return sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .png()
    .toBuffer();
}
