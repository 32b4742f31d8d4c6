import { type Letter } from '#kernel';

const NOT_YOU = 'If this was not you, change your password now, and end all other sessions in the settings.';

/**
 * For somebody who forgot the password.
 * @param publicUrl the installation's address, without trailing slash
 */
export function resetLetter(publicUrl: string, token: string): Letter {
  return {
    subject: 'Choose a new password',
    paragraphs: ['Somebody, hopefully you, asked for a new password for your ClickPost account.'],
    // Behind "#", so that no server and no log ever sees it.
    action: { label: 'Choose a new password', address: `${publicUrl}/reset-password#${token}` },
    closing: [
      'The link works once, within one hour.',
      'If you did not ask for it, do nothing: your password stays as it is.',
    ],
  };
}

/** For a new address. */
export function verifyLetter(publicUrl: string, token: string): Letter {
  return {
    subject: 'Confirm your e-mail address',
    paragraphs: ['Confirm that this address is yours, so that ClickPost can reach you when a post needs you.'],
    action: { label: 'Confirm this address', address: `${publicUrl}/verify-email#${token}` },
    closing: ['The link works once, within three days.', 'If you have no account at ClickPost, ignore this mail.'],
  };
}

/** What happened to an account, for whoever it belongs to. */
export function changedLetter(
  change: 'password' | 'second-factor-on' | 'second-factor-off',
  publicUrl: string,
): Letter {
  const words = {
    password: ['Your password was changed', 'The password of your ClickPost account was changed.'],
    'second-factor-on': [
      'Two-step sign-in is on',
      'Signing in to ClickPost now asks for a code from your app as well.',
    ],
    'second-factor-off': [
      'Two-step sign-in is off',
      'Signing in to ClickPost no longer asks for a code from your app.',
    ],
  } as const;
  const [subject, sentence] = words[change];
  return {
    subject,
    paragraphs: [sentence, NOT_YOU],
    action: { label: 'Open the settings', address: `${publicUrl}/settings` },
  };
}
