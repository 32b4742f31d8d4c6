import { type operations } from '../api/schema.generated.js';

/** In which orders files are listed, and what that is called. */
export const ORDERS = { newest: 'Newest first', name: 'By name', size: 'Largest first' };
export type Order = keyof typeof ORDERS;

/** What files are, and what they are called together. */
export const KINDS = { image: 'Images', video: 'Videos', document: 'Documents' };
export type Kind = keyof typeof KINDS;

/** In the address: what lies in no folder. */
export const NO_FOLDER = 'none';

/** What the screen shows; kept in the address. */
export interface LibrarySearch {
  /** The id of the folder that is open. */
  folder?: string;
  /** What was typed. */
  find?: string;
  tag?: string;
  kind?: Kind;
  /** Only what no post uses. */
  unused?: true;
  /** Only images and videos without a description. */
  undescribed?: true;
  sort?: Exclude<Order, 'newest'>;
  /** Rows in place of pictures. */
  view?: 'list';
  /** The file whose details are open. */
  file?: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the address. */
export function readLibrarySearch(search: Record<string, unknown>): LibrarySearch {
  const { folder, kind, sort, view, file } = search;
  const [find, tag] = [textOf(search['find']), textOf(search['tag'])];
  return {
    ...(typeof folder === 'string' && UUID.test(folder) && { folder }),
    ...(find !== undefined && { find }),
    ...(tag !== undefined && { tag }),
    ...(typeof kind === 'string' && Object.hasOwn(KINDS, kind) && { kind: kind as Kind }),
    ...(isOn(search['unused']) && { unused: true as const }),
    ...(isOn(search['undescribed']) && { undescribed: true as const }),
    ...((sort === 'name' || sort === 'size') && { sort }),
    ...(view === 'list' && { view }),
    ...(typeof file === 'string' && UUID.test(file) && { file }),
  };
}

/** The same with one thing changed; undefined takes it away. */
export function changed<Name extends keyof LibrarySearch>(
  search: LibrarySearch,
  name: Name,
  value: LibrarySearch[Name] | undefined,
): LibrarySearch {
  const { [name]: _, ...rest } = search;
  return value === undefined ? rest : { ...rest, [name]: value };
}

/** What narrows the list down, beside the folder. */
const FILTERS = ['find', 'tag', 'kind', 'unused', 'undescribed'] as const;

/** Whether something is looked for: out of all folders, unless one is open. */
export function isFiltered(search: LibrarySearch): boolean {
  return FILTERS.some((name) => search[name] !== undefined);
}

/** The same without anything that narrows it down. */
export function cleared(search: LibrarySearch): LibrarySearch {
  return FILTERS.reduce((left, name) => changed(left, name, undefined), search);
}

/** What the API takes. */
export type LibraryFilter = Omit<NonNullable<operations['listMedia']['parameters']['query']>, 'cursor' | 'limit'>;

/** Which files: those of the folder that is open, and of the whole library where something is looked for. */
export function filterOf(search: LibrarySearch): LibraryFilter {
  const { folder, find, tag, kind, unused, undescribed, sort = 'newest' } = search;
  const everywhere = folder === undefined && isFiltered(search);
  return {
    sort,
    ...(!everywhere && { folderId: folder ?? NO_FOLDER }),
    ...(find !== undefined && { q: find }),
    ...(tag !== undefined && { tag }),
    ...(kind !== undefined && { kind }),
    ...(unused && { unused: true }),
    ...(undescribed && { missingAltText: true }),
  };
}

/** The router reads digits in an address as a number. */
function textOf(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim().slice(0, 200) : undefined;
}

function isOn(value: unknown): boolean {
  return value === true || value === 'true';
}
