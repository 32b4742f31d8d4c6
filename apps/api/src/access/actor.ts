import { type Principal } from '#accounts';
import { type Actor } from '#publishing';

/** Who the publishing log names. */
export function actorOf({ userId, name }: Principal): Actor {
  return { type: 'user', id: userId, name };
}
