import { useQueries } from '@tanstack/react-query';
import { createContext, use } from 'react';
import { type ChannelDifferences } from '#platforms/core';
import { type Media, mediaQuery } from '../../api/queries.js';
import { useMe } from '../../app/workspace.js';
import { type PlannedMedia } from '../../media/changes.js';
import { renditionAddress } from '../../media/renditions.js';
import { type SelectedChannel } from '../context.js';
import { mediaAddress } from '../media-address.js';

/** As much of a channel as a preview draws. */
export interface PreviewItem {
  channel: Pick<SelectedChannel['channel'], 'id' | 'platform' | 'name' | 'handle' | 'limits'> &
    Pick<ChannelDifferences, 'withoutSettings'>;
  platform: Pick<NonNullable<SelectedChannel['platform']>, 'name' | 'appearance'> | undefined;
  content: SelectedChannel['content'];
  supports: SelectedChannel['supports'];
}

/** As much of a file as a preview draws. */
export type PreviewFacts = Pick<Media, 'kind' | 'width' | 'height' | 'durationMs' | 'contentType'> & {
  /** As whoever uploaded it calls it. */
  filename?: string;
  /** Of a document whose pages can be counted. */
  pages?: number;
  /** Of a document: whether its first page can be shown. */
  facts?: { picture: boolean };
};

/** What a channel gets of a file, as far as a preview draws it. */
export type PreviewPlan = Pick<
  PlannedMedia,
  'channelId' | 'segment' | 'mediaId' | 'output' | 'action' | 'width' | 'height' | 'durationMs' | 'rendition'
> & { cover?: Pick<NonNullable<PlannedMedia['cover']>, 'action'> };

/** From where previews get what an item does not hold. */
export interface PreviewSource {
  /** Where an image is shown from. @param width in pixels, at most */
  address: (id: string, width: 200 | 400 | 800) => string;
  /** A hook: what is known of some images; undefined while it is read. */
  useFacts: (ids: readonly string[]) => readonly (PreviewFacts | undefined)[];
  /** A hook: what the channels get of the files, as far as that is known. */
  usePlans: () => readonly PreviewPlan[];
  /** Where a video is played from as the channel gets it; undefined where it is not to be had yet. */
  played: (plan: PreviewPlan) => string | undefined;
  /** A hook: in whose name a channel without one speaks. */
  useOwnName: () => string;
}

/** What the channels get of the files of the post that is drawn below. */
export const PreviewPlans = createContext<readonly PreviewPlan[]>([]);

/** Of whoever is signed in. */
const SIGNED_IN: PreviewSource = {
  address: mediaAddress,
  useFacts: (ids) => useQueries({ queries: ids.map((id) => mediaQuery(id)) }).map(({ data }) => data),
  usePlans: () => use(PreviewPlans),
  played: ({ action, mediaId, rendition }) => {
    if (action === 'keep') return `/v1/media/${mediaId}/content`;
    return rendition?.state === 'ready' ? renditionAddress(rendition.id) : undefined;
  },
  useOwnName: () => useMe().organization.name,
};

const Source = createContext(SIGNED_IN);

/** Lets the previews below be drawn for somebody who is not signed in. */
export const PreviewSourceProvider = Source;

export function usePreviewSource(): PreviewSource {
  return use(Source);
}
