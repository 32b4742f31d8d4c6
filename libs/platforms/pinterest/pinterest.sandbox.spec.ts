import { type CommitContext, type JsonObject, stringField } from '#platforms/core';
import { practiceImage } from '#platforms/testing';
import { chosen, Practice } from './practice.fixture.js';

let practice: Practice;
let ctx: CommitContext;
let right: JsonObject;
const loaf = await practiceImage();
const data = Buffer.from(await loaf.read()).toString('base64');
const source = { source_type: 'image_base64', content_type: 'image/jpeg', data };

beforeAll(async () => {
  practice = await Practice.start();
  ctx = await practice.account();
  right = { board_id: (await chosen(ctx, 'board', 'Bikes')).value, media_source: source };
});
afterAll(() => practice.sandbox.close());

const textIn = (body: JsonObject, field: string): string => stringField(body, field, 'the answer');

// https://developers.pinterest.com/docs/api/v5/pins-create
describe('practice Pinterest', () => {
  it('takes what is right, and answers with the Pin', async () => {
    const { status, body } = await practice.ask(ctx, 'POST', '/pins', { ...right, title: 'A title' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ title: 'A title', board_id: right.board_id, media: { media_type: 'image' } });
    expect((await practice.ask(ctx, 'GET', `/pins/${textIn(body, 'id')}`)).body).toEqual(body);
  });

  it.each<[string, JsonObject, number, number]>([
    ['an unknown field', { related: 'x' }, 400, 1],
    ['a number for a title', { title: 7 }, 400, 1],
    ['a title of 101', { title: 'x'.repeat(101) }, 400, 1],
    ['a description of 801', { description: 'x'.repeat(801) }, 400, 1],
    ['an alt text of 501', { alt_text: 'x'.repeat(501) }, 400, 1],
    ['a link that is none', { link: 'example.com' }, 400, 1],
    ['a number for a board', { board_id: 5 }, 400, 1],
    ['a board that is not there', { board_id: '123' }, 404, 404],
    ['a section that is not there', { board_section_id: '123' }, 404, 404],
    ['a colour that is none', { dominant_color: 'red' }, 400, 1],
    ['a sponsor, which is a closed beta', { sponsor_id: '1' }, 403, 29],
    ['no source', { media_source: null }, 400, 1],
    ['a source of another type', { media_source: { ...source, source_type: 'image' } }, 400, 1],
    ['an unknown field of a source', { media_source: { ...source, url: 'https://example.com' } }, 400, 1],
    ['an image that is none', { media_source: { ...source, data: 'AAAA' } }, 400, 1],
    ['a JPEG that is called a PNG', { media_source: { ...source, content_type: 'image/png' } }, 400, 1],
    [
      'an address out of reach',
      { media_source: { source_type: 'image_url', url: 'https://example.com/a.jpg' } },
      400,
      1,
    ],
    ['a video that was never sent', { media_source: { source_type: 'video_id', media_id: '1' } }, 400, 1],
    [
      'a carousel of one',
      { media_source: { source_type: 'multiple_image_base64', items: [{ content_type: 'image/jpeg', data }] } },
      400,
      1,
    ],
    ['a product Pin, which is a beta', { media_source: { source_type: 'pin_url' } }, 403, 29],
  ])('refuses %s', async (_what, change, status, code) => {
    const before = practice.sandbox.visible('pinterest').length;
    const answer = await practice.ask(ctx, 'POST', '/pins', { ...right, ...change });
    expect(answer).toMatchObject({ status, body: { code } });
    expect(typeof answer.body.message).toBe('string');
    expect(practice.sandbox.visible('pinterest')).toHaveLength(before);
  });

  it('refuses the form of a file whose parameters are not those of the registration', async () => {
    const { status, body } = await practice.ask(ctx, 'POST', '/media', { media_type: 'video' });
    expect(status).toBe(201);
    const form = new FormData();
    for (const [name, value] of Object.entries(body.upload_parameters as Record<string, string>)) {
      form.set(name, name === 'x-amz-signature' ? 'wrong' : value);
    }
    form.set('file', new Blob(['video']), 'video');
    const answer = await fetch(textIn(body, 'upload_url'), { method: 'POST', body: form });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('<Code>AccessDenied</Code>');
    const state = await practice.ask(ctx, 'GET', `/media/${textIn(body, 'media_id')}`);
    expect(state.body).toMatchObject({ status: 'registered' });
  });

  it('does not let one account touch what is another’s', async () => {
    const { body } = await practice.ask(ctx, 'POST', '/pins', right);
    const other = await practice.account({ person: 'Somebody Else' });
    const path = `/pins/${textIn(body, 'id')}`;
    expect(await practice.ask(other, 'DELETE', path)).toMatchObject({ status: 404, body: { code: 50 } });
    expect((await practice.ask(other, 'POST', '/pins', right)).status).toBe(404);
    expect((await practice.ask(ctx, 'DELETE', path)).status).toBe(204);
  });

  // https://developers.pinterest.com/docs/reference/pagination/
  it.each([
    ['a size of 251', '/boards?page_size=251'],
    ['a bookmark that it never gave', '/boards?bookmark=x'],
    ['a parameter that it does not know', '/boards?sort=name'],
    ['a privacy that there is none of', '/boards?privacy=HIDDEN'],
  ])('refuses a list with %s', async (_what, path) => {
    expect(await practice.ask(ctx, 'GET', path)).toMatchObject({ status: 400, body: { code: 1 } });
  });
});
