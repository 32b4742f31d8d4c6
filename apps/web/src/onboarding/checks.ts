/** A rule for new passwords, and whether one keeps it. */
export interface PasswordRule {
  text: string;
  kept: boolean;
  /** What to do when it is not kept. */
  remedy: string;
}

/** The API's own rules; it checks them again. */
const PASSWORD_MIN = 10;
const PASSWORD_MAX = 200;

/** The API's rules for a new password, told before it is sent. */
export function passwordRules(password: string, email: string): PasswordRule[] {
  const length = [...password].length;
  const same = password.trim().toLowerCase() === email.trim().toLowerCase();
  const rules = [
    {
      text: `At least ${PASSWORD_MIN} characters`,
      kept: length >= PASSWORD_MIN,
      remedy: `Use at least ${PASSWORD_MIN} characters.`,
    },
    {
      text: 'Not your e-mail address',
      kept: length > 0 && !same,
      remedy: 'Choose a password that is not your e-mail address.',
    },
  ];
  if (length <= PASSWORD_MAX) return rules;
  const remedy = `Use at most ${PASSWORD_MAX} characters.`;
  return [...rules, { text: `At most ${PASSWORD_MAX} characters`, kept: false, remedy }];
}

/** What is wrong with a new password first, or nothing. */
export function passwordProblem(password: string, email: string): string | null {
  return passwordRules(password, email).find(({ kept }) => !kept)?.remedy ?? null;
}

/** A check of a form's field: what is wrong, or nothing. */
type Check = (value: string) => string | null;

/** Something has to be entered. @param missing what to say when it was not */
export function filled(missing: string): Check {
  return (value) => (value.trim() === '' ? missing : null);
}

/** Only what can be no address at all is caught here; the API decides. */
export const looksLikeEmail: Check = (value) =>
  /^\S+@\S+$/.test(value.trim()) ? null : 'Enter your e-mail address, like name@example.com.';
