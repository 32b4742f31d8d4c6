import { changed, cleared, filterOf, isFiltered, readLibrarySearch } from './search.js';

const FOLDER = '01a2036f-adae-7159-8fd3-343c9959fe0e';

describe('the address of the library', () => {
  it('is read without what nobody could have chosen', () => {
    const read = readLibrarySearch({
      folder: FOLDER,
      find: 2026,
      kind: 'video',
      unused: 'true',
      sort: 'size',
      view: 'list',
    });
    expect(read).toEqual({ folder: FOLDER, find: '2026', kind: 'video', unused: true, sort: 'size', view: 'list' });
    expect(
      readLibrarySearch({ folder: 'x', find: ' ', kind: 'toString', unused: 'no', sort: 'newest', file: 7 }),
    ).toEqual({});
  });

  it('changes one thing at a time', () => {
    expect(changed({ find: 'a', tag: 'b' }, 'tag', undefined)).toEqual({ find: 'a' });
    expect(changed({ find: 'a' }, 'tag', 'b')).toEqual({ find: 'a', tag: 'b' });
    expect(cleared({ folder: FOLDER, find: 'a', unused: true, view: 'list' })).toEqual({
      folder: FOLDER,
      view: 'list',
    });
  });
});

describe('what is listed', () => {
  it('is what lies in the folder itself, or in none', () => {
    expect(filterOf({})).toEqual({ sort: 'newest', folderId: 'none' });
    expect(filterOf({ folder: FOLDER, sort: 'name' })).toEqual({ sort: 'name', folderId: FOLDER });
  });

  it('is found in the whole library unless a folder is open', () => {
    expect(isFiltered({ undescribed: true })).toBe(true);
    expect(filterOf({ find: 'logo', undescribed: true })).toEqual({ sort: 'newest', q: 'logo', missingAltText: true });
    expect(filterOf({ find: 'logo', folder: FOLDER })).toEqual({ sort: 'newest', q: 'logo', folderId: FOLDER });
  });
});
