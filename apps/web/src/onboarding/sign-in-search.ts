/** What became of a sign-in at Facebook, where it goes on with something else. */
export type FacebookOutcome = 'new' | 'password-first' | 'declined' | 'again';

/** What the address of signing in and up says. */
export interface SignInSearch {
  /** Where to go afterwards: an address of this web alone, never another site's. */
  next?: string;
  facebook?: FacebookOutcome;
  /** The second step: the code. */
  step?: 'code';
  /** A new password was chosen just now. */
  done?: 'password';
}

const OUTCOMES: readonly unknown[] = ['new', 'password-first', 'declined', 'again'] satisfies FacebookOutcome[];

/** Reads it; anything else in the address is left out. */
export function readSignInSearch({ next, facebook, step, done }: Record<string, unknown>): SignInSearch {
  return {
    ...(typeof next === 'string' && /^\/(?![/\\])/.test(next) && { next }),
    ...(OUTCOMES.includes(facebook) && { facebook: facebook as FacebookOutcome }),
    ...(step === 'code' && { step }),
    ...(done === 'password' && { done }),
  };
}
