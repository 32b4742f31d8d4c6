import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, api, type Schema } from '../api/client.js';
import { type PlannedMedia } from '../media/changes.js';
import { type ChannelCosts } from './costs.js';
import { type CreateBody } from './draft.js';
import { type Finding, readFindings } from './findings.js';

const QUIET_MS = 300;
const FRESH_MS = 10_000;
/** What the server knows of a post. */
interface Known {
  findings: readonly Finding[];
  plans: readonly PlannedMedia[];
  costs: readonly ChannelCosts[];
  /** What is to be known beforehand, and keeps nothing from going out. */
  notices: readonly PreflightNotice[];
}

export type PreflightNotice = Schema<'PreflightNoticeDto'>;

const NOTHING: Known = { findings: [], plans: [], costs: [], notices: [] };

/** Every rule that stands against publishing, what becomes of the files and what it costs, asked of the server while a person writes; the latest answer wins. */
export function usePreflight(workspaceId: string, body: CreateBody): Known & { isKnown: boolean } {
  const [asked] = useDebouncedValue(body, QUIET_MS);
  const { data, isPlaceholderData } = useQuery({
    queryKey: ['preflight', workspaceId, asked],
    queryFn: async ({ signal }) => {
      const path = { id: workspaceId };
      const { errors, media, costs, notices } = await answer(
        api.POST('/v1/workspaces/{id}/posts/validate', { params: { path }, body: asked, signal }),
      );
      return { findings: readFindings(errors, asked), plans: media, costs, notices };
    },
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
    gcTime: FRESH_MS,
  });
  const known = data ?? NOTHING;
  return { ...known, isKnown: data !== undefined && !isPlaceholderData && asked === body };
}
