import { type Folder, mayLieIn, pathOf, treeOf, withInside } from './folders.js';

const folder = (id: string, parentId: string | null, depth: number): Folder => ({
  id,
  parentId,
  depth,
  name: id.toUpperCase(),
  count: 0,
  version: 1,
});
const FOLDERS = [folder('a', null, 1), folder('b', null, 1), folder('aa', 'a', 2), folder('aaa', 'aa', 3)];

describe('folders', () => {
  it('are a tree', () => {
    expect(treeOf(FOLDERS)).toMatchObject([
      { folder: { id: 'a' }, inside: [{ folder: { id: 'aa' }, inside: [{ folder: { id: 'aaa' }, inside: [] }] }] },
      { folder: { id: 'b' }, inside: [] },
    ]);
  });

  it('have a path from the outermost', () => {
    expect(pathOf(FOLDERS, 'aaa').map(({ id }) => id)).toEqual(['a', 'aa', 'aaa']);
    expect(pathOf(FOLDERS, 'gone')).toEqual([]);
    expect(pathOf(FOLDERS, undefined)).toEqual([]);
  });

  it('are moved neither into themselves nor too deep', () => {
    expect([...withInside(FOLDERS, 'aa')]).toEqual(['aa', 'aaa']);
    expect(mayLieIn(FOLDERS, 'a', FOLDERS[3]!)).toBe(false);
    expect(mayLieIn(FOLDERS, 'aa', FOLDERS[1]!)).toBe(true);
    expect(mayLieIn(FOLDERS, 'a', folder('deep', 'x', 3))).toBe(false);
    expect(mayLieIn(FOLDERS, 'a', folder('ok', 'x', 2))).toBe(true);
  });
});
