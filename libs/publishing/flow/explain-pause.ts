import { type PlatformManifest } from '#platforms/core';
import { type FlowPause } from './flow-state.js';

/** What a pause of the flow means, in words for people. */
export interface PauseWords {
  message: string;
  remedy: string;
}

/** Says why a platform's publications wait although nobody paused them, and what follows. */
export function explainPause(
  { cause, server }: Pick<FlowPause, 'cause' | 'server'>,
  { name, outage }: Pick<PlatformManifest, 'name' | 'outage'>,
): PauseWords {
  const who = outage?.together === 'host' ? `${name} (${server})` : name;
  switch (cause) {
    case 'outage':
      return {
        message:
          outage?.together === 'channel'
            ? `A receiver of ${name} cannot be reached, or has a fault of its own.`
            : `${who} cannot be reached, or has a fault of its own.`,
        remedy: 'Nothing is lost: ClickPost looks again by itself, and what waits goes out as soon as it answers.',
      };
    case 'recovering':
      return { message: `${who} answers again.`, remedy: 'What waited goes out little by little.' };
    case 'app-limit':
      return {
        message: `${who} takes no more for now: the limit for all accounts together is reached.`,
        remedy: 'What waits goes out by itself when there is room again.',
      };
    case 'app-budget':
      return {
        message: `${name}'s daily quota for this installation is used up.`,
        remedy: 'What waits goes out by itself as soon as the next day begins there.',
      };
  }
}
