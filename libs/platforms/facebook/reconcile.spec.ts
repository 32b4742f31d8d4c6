import { type JsonObject } from '#platforms/core';
import { compare, readPost } from './reconcile-feed.js';

const node = (change: JsonObject = {}): JsonObject => ({
  id: '1_2',
  message: 'Fresh bread',
  created_time: '2026-11-01T12:00:00+0000',
  ...change,
});
const photo = (id: string): JsonObject => ({ type: 'photo', target: { id }, unshimmed_url: `https://fb.test/${id}` });
const share = (url: string): JsonObject => ({ attachments: { data: [{ type: 'share', unshimmed_url: url }] } });
const album = (...ids: string[]): JsonObject => ({
  attachments: { data: [{ type: 'album', target: { id: '9' }, subattachments: { data: ids.map(photo) } }] },
});

describe('a post on the Page compared with what was sent', () => {
  const text = { message: 'Fresh bread', photos: [] };

  it('is the same by its text, whatever Facebook does to blanks and line ends', () => {
    expect(compare(readPost(node()), text)).toBe('same');
    expect(compare(readPost(node({ message: 'a\nb' })), { message: ' a \r\nb\n\n', photos: [] })).toBe('same');
    expect(compare(readPost(node({ message: 'Cafe\u0301' })), { message: 'Caf\u00e9', photos: [] })).toBe('same');
  });

  it('is another with another text, even by one letter or in another case', () => {
    expect(compare(readPost(node({ message: 'Fresh bread!' })), text)).toBe('other');
    expect(compare(readPost(node({ message: 'fresh bread' })), text)).toBe('other');
  });

  it('is another when it shows photos and none were sent, or the other way round', () => {
    expect(compare(readPost(node(album('5', '6'))), text)).toBe('other');
    expect(compare(readPost(node()), { ...text, photos: ['5'] })).toBe('other');
  });

  it('may have a link card that Facebook made of an address in the text', () => {
    const message = 'Read https://example.com/a';
    expect(compare(readPost(node({ message, ...share('https://example.com/a') })), { message, photos: [] })).toBe(
      'same',
    );
  });

  it('is told by its link, without what Facebook adds to it', () => {
    const sent = { ...text, link: 'https://example.com/a' };
    expect(compare(readPost(node(share('https://example.com/a/?fbclid=x#top'))), sent)).toBe('same');
    expect(compare(readPost(node(share('https://example.com/b'))), sent)).toBe('alike');
    expect(compare(readPost(node()), sent)).toBe('alike');
  });

  it('is told exactly by the ids of its photos', () => {
    const sent = { message: 'Fresh bread', photos: ['5', '6'] };
    expect(compare(readPost(node(album('6', '5'))), sent)).toBe('same');
    expect(compare(readPost(node(album('5', '7'))), sent)).toBe('alike');
    expect(compare(readPost(node({ attachments: { data: [photo('5')] } })), { ...sent, photos: ['5'] })).toBe('same');
    expect(compare(readPost(node({ message: null, ...album('5', '6') })), { ...sent, message: '' })).toBe('same');
  });

  it('cannot be read without its time', () => {
    expect(() => readPost(node({ created_time: 'yesterday' }))).toThrow('created_time');
    expect(readPost(node()).createdAt.toISOString()).toBe('2026-11-01T12:00:00.000Z');
  });
});
