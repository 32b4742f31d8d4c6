import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { newIdempotencyKey, type Schema } from '../api/client.js';
import { say } from './queries.js';

/** What a client says: sent again after a lost answer, it is said once. */
export function useSay(token: string): (body: Schema<'CommentReviewDto'>) => Promise<void> {
  const queryClient = useQueryClient();
  const sent = useRef<{ words: string; key: string }>(undefined);
  return async (body) => {
    const words = JSON.stringify(body);
    if (sent.current?.words !== words) sent.current = { words, key: newIdempotencyKey() };
    await say(token, sent.current.key, body);
    sent.current = undefined;
    await queryClient.invalidateQueries({ queryKey: ['review', token] });
  };
}
