import { Alert } from '@mantine/core';
import { IconBrandFacebook } from '@tabler/icons-react';
import { type FacebookOutcome } from './sign-in-search.js';

const WORDS: Record<FacebookOutcome, { title: string; detail: string }> = {
  new: {
    title: 'One more step',
    detail: 'Name your company and choose a password. From then on you can sign in with Facebook.',
  },
  'password-first': {
    title: 'There is an account with your e-mail address',
    detail:
      'Sign in with its password this once, so that we know it is yours. If the address is confirmed, Facebook is ' +
      'enough from then on.',
  },
  declined: {
    title: 'Facebook did not sign you in',
    detail: 'The sign-in was declined there, or Facebook did not accept it. Try again, or use your password.',
  },
  again: {
    title: 'This sign-in is over',
    detail: 'It was used already, or it was begun in another window. Begin again.',
  },
};

/** What became of a sign-in at Facebook, and what to do now. */
export function FacebookNotice({ outcome }: { outcome: FacebookOutcome | undefined }) {
  if (!outcome) return null;
  const { title, detail } = WORDS[outcome];
  return (
    <Alert role="status" mb="md" icon={<IconBrandFacebook aria-hidden />} title={title}>
      {detail}
    </Alert>
  );
}
