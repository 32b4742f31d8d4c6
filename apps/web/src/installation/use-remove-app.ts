import { useQueryClient } from '@tanstack/react-query';
import { confirm } from '../ui/confirm.js';
import { notifyDone, notifyError } from '../ui/notify.js';
import { type InstallationApp, removeApp } from './apps.js';

/** Takes an app away, after saying what that means for what is connected. */
export function useRemoveApp({ name, title }: InstallationApp): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    const agreed = await confirm({
      title: `Remove the app at ${title}?`,
      children:
        'Nobody can connect an account with it any more, and accounts that are connected stop working once their permission has to be renewed. Nothing that is scheduled is deleted.',
      confirm: 'Remove',
      danger: true,
    });
    if (!agreed) return;
    try {
      await removeApp(name);
      await queryClient.invalidateQueries({ queryKey: ['installation'] });
      notifyDone(`The app at ${title} was removed.`);
    } catch (error) {
      notifyError(error);
    }
  };
}
