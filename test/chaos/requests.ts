import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer } from '../support/customer.js';

/** A request as a program sends it, with a bound of its own. */
export type Send = (signal: AbortSignal) => Promise<Answer>;

const ANSWER_MS = 15_000;
const AGAIN_MS = 300;
const GIVE_UP_MS = 120_000;

/** The answer, or undefined where it was lost on the way or the server said that it has a fault. */
export async function tryOnce(
  send: Send,
  onLost: (why: string) => void = () => undefined,
): Promise<Answer | undefined> {
  try {
    const answer = await send(AbortSignal.timeout(ANSWER_MS));
    if (answer.status < 500 && answer.status !== 429) return answer;
    onLost(`${answer.status} ${JSON.stringify(answer.body)}`);
  } catch (error) {
    onLost(String(error)); // Whatever it was that came instead of an answer, there is none.
  }
  return undefined;
}

/** Asks again until there is an answer: only for what may be asked twice. Throws after two minutes. */
export async function untilAnswered(send: Send, onLost: () => void = () => undefined): Promise<Answer> {
  const end = performance.now() + GIVE_UP_MS;
  for (;;) {
    let last = '';
    const answer = await tryOnce(send, (why) => (last = why));
    if (answer) return answer;
    onLost();
    if (performance.now() > end)
      throw new Error(`No answer came for two minutes, however often it was asked; at last: ${last}`);
    await sleep(AGAIN_MS);
  }
}
