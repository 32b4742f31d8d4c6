import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { type Media, mediaQuery } from '../api/queries.js';
import { type FileKinds } from '../ui/manifest-values.js';
import { type Draft } from './draft.js';

/** Of which kinds the files of a post are, by their ids. What is still read is left out. */
export function useKinds({ media, channels }: Draft): Readonly<Record<string, FileKinds[number]>> {
  const ids = new Set([media, ...channels.map((channel) => channel.media ?? [])].flat().map(({ id }) => id));
  return useQueries({ queries: [...ids].map((id) => mediaQuery(id)), combine: kindsById });
}

/** Of an identity of its own, so that the same answers come to the same object. */
function kindsById(answers: readonly UseQueryResult<Media>[]): Record<string, FileKinds[number]> {
  return Object.fromEntries(answers.flatMap(({ data }) => (data ? [[data.id, data.kind]] : [])));
}
