import { useQueries } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { type Media, mediaQuery } from '../../api/queries.js';
import { useMe } from '../../app/workspace.js';
import { type SelectedChannel } from '../context.js';
import { mediaAddress } from '../media-address.js';

/** As much of a channel as a preview draws. */
export interface PreviewItem {
  channel: Pick<SelectedChannel['channel'], 'id' | 'platform' | 'name' | 'handle' | 'limits'>;
  platform: Pick<NonNullable<SelectedChannel['platform']>, 'name' | 'appearance'> | undefined;
  content: SelectedChannel['content'];
  supports: SelectedChannel['supports'];
}

/** As much of an image as a preview draws. */
export type PreviewFacts = Pick<Media, 'width' | 'height' | 'contentType'>;

/** From where previews get what an item does not hold. */
export interface PreviewSource {
  /** Where an image is shown from. @param width in pixels, at most */
  address: (id: string, width: 200 | 400 | 800) => string;
  /** A hook: what is known of some images; undefined while it is read. */
  useFacts: (ids: readonly string[]) => readonly (PreviewFacts | undefined)[];
  /** A hook: in whose name a channel without one speaks. */
  useOwnName: () => string;
}

/** Of whoever is signed in. */
const SIGNED_IN: PreviewSource = {
  address: mediaAddress,
  useFacts: (ids) => useQueries({ queries: ids.map((id) => mediaQuery(id)) }).map(({ data }) => data),
  useOwnName: () => useMe().organization.name,
};

const Source = createContext(SIGNED_IN);

/** Lets the previews below be drawn for somebody who is not signed in. */
export const PreviewSourceProvider = Source;

export function usePreviewSource(): PreviewSource {
  return use(Source);
}
