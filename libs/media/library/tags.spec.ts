import { Problem } from '#kernel';
import { tagsOf } from './tags.js';

function refusal(tags: string[]): readonly { field: string; rule: string }[] {
  try {
    tagsOf(tags);
  } catch (error) {
    if (error instanceof Problem) return error.errors ?? [];
    throw error;
  }
  throw new Error('The tags were accepted.');
}

describe('tags', () => {
  it('are small letters without blanks around, each once, sorted', () => {
    expect(tagsOf([' Summer  2026 ', 'beach', 'BEACH', ' '])).toEqual(['beach', 'summer 2026']);
  });

  it('have at most 40 characters, counted as people do', () => {
    expect(tagsOf(['é'.repeat(40)])).toHaveLength(1);
    expect(refusal(['ok', 'x'.repeat(41)])).toMatchObject([{ field: 'tags/1', rule: 'media.tag-too-long' }]);
  });

  it('are at most 20', () => {
    const many = Array.from({ length: 21 }, (_, index) => `tag ${index}`);
    expect(tagsOf([...many.slice(0, 20), 'TAG 0'])).toHaveLength(20);
    expect(refusal(many)).toMatchObject([{ field: 'tags', rule: 'media.too-many-tags' }]);
  });
});
