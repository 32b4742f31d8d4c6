import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { answer, api, type Schema } from '../api/client.js';

export type SupportPreview = Schema<'SupportPreviewDto'>;
export type SupportResult = Schema<'SupportResultDto'>;
type PreviewRequest = Schema<'SupportPreviewRequestDto'>;
export type SupportAction = PreviewRequest['action'];
export type Resolution = NonNullable<PreviewRequest['resolution']>;

/** What an action would do. @throws ApiError when it is refused, OfflineError when ClickPost cannot be reached */
export function askForPreview(request: PreviewRequest, signal: AbortSignal): Promise<SupportPreview> {
  return answer(api.POST('/v1/support/actions/preview', { body: request, signal }));
}

/** So many at a time, so that progress is seen. */
const PART = 50;

/** How far a bulk action is. */
export interface BulkRun {
  total: number;
  results: SupportResult[];
  /** It came to its end, or to an error. */
  ended: boolean;
  error?: unknown;
}

/** Carries out previews, part by part. A part that is sent again has its effect once. */
export function useBulk() {
  const queryClient = useQueryClient();
  const [run, setRun] = useState<BulkRun>();
  const busy = useRef(false);
  const start = async ({ previewToken, total }: SupportPreview) => {
    if (busy.current) return;
    busy.current = true;
    let state: BulkRun = { total, results: [], ended: false };
    setRun(state);
    try {
      for (let offset = 0; offset < total; offset += PART) {
        const params = { header: { 'Idempotency-Key': `${previewToken}-${offset}` } };
        const body = { previewToken, offset, limit: PART };
        const { data } = await answer(api.POST('/v1/support/actions', { params, body }));
        state = { ...state, results: [...state.results, ...data] };
        setRun(state);
      }
      setRun({ ...state, ended: true });
    } catch (error) {
      setRun({ ...state, ended: true, error });
    }
    busy.current = false;
    await Promise.all(
      [['attention'], ['publication'], ['post'], ['calendar']].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    );
  };
  return { run, start };
}
