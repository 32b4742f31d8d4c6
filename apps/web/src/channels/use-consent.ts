import { useQuery } from '@tanstack/react-query';
import { type Connection, connectionQuery } from './connections.js';
import { type Consent, consentOf } from './consent.js';

/** How often it is asked what came of the consent page. */
const LOOK_MS = 2000;

/** Follows a connection that waits for somebody's consent in another tab, also when the person comes back from there. */
export function useConsent(begun: Connection): Consent {
  const { data, error } = useQuery({
    ...connectionQuery(begun.id),
    staleTime: 0,
    refetchOnWindowFocus: 'always',
    refetchIntervalInBackground: true,
    refetchInterval: ({ state }) => (consentOf(state.data, state.error).state === 'waiting' ? LOOK_MS : false),
  });
  return consentOf(data, error);
}
