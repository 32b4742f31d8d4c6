import { QueryClient } from '@tanstack/react-query';
import { ApiError, OfflineError } from './problem.js';

const MAX_TRIES = 4;
const STALE_MS = 30_000;

/** Reading is tried again while the API is away; what it refused is refused. Changes are never repeated by themselves. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: STALE_MS,
      // An API on this machine can be reached without a network.
      networkMode: 'always',
      retry: (failures, error) => isPassing(error) && failures < MAX_TRIES,
      retryDelay: (failures) => Math.min(1000 * 2 ** failures, 8000),
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

function isPassing(error: Error): boolean {
  return error instanceof OfflineError || (error instanceof ApiError && error.status >= 500);
}
