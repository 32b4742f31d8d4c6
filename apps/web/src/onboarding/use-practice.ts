import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { channelsQuery } from '../api/queries.js';
import { connectAccount } from '../channels/connections.js';

/** How far connecting a practice account is. */
export type PracticeProgress = { state: 'working' } | { state: 'done' } | { state: 'failed'; error: unknown };

/** Connects one practice account on each of some platforms, all at once, and knows how far each is. */
export function usePracticeChannels(workspaceId: string) {
  const queryClient = useQueryClient();
  const [progress, setProgress] = useState<Readonly<Record<string, PracticeProgress>>>({});
  const tell = (platform: string, next: PracticeProgress) => setProgress((now) => ({ ...now, [platform]: next }));
  const { mutateAsync } = useMutation({
    // All workspaces of the installation practise on the same accounts; nobody is surprised by a post there.
    mutationFn: (platform: string) => connectAccount(workspaceId, { platform, practice: true, acceptShared: true }),
    onMutate: (platform) => tell(platform, { state: 'working' }),
    onSuccess: (_connection, platform) => tell(platform, { state: 'done' }),
    onError: (error, platform) => tell(platform, { state: 'failed', error }),
  });
  const connect = async (platforms: readonly string[]): Promise<void> => {
    // Each failure is shown with its platform.
    await Promise.allSettled(platforms.map((platform) => mutateAsync(platform)));
    await queryClient.invalidateQueries({ queryKey: channelsQuery(workspaceId).queryKey });
  };
  return { progress, connect };
}
