import { type Letter } from '#kernel';
import { DISABLE_AFTER_DAYS } from './retry.js';

/** Tells that a webhook is sent nothing any more, why, and what to do. */
export function disabledLetter(about: {
  url: string;
  organization: string;
  reason: 'gone' | 'failing';
  page: string;
}): Letter {
  const { url, organization, reason, page } = about;
  const { host } = new URL(url);
  const why =
    reason === 'gone'
      ? 'Its receiver answered that it is gone (HTTP 410).'
      : `Its receiver has taken nothing for ${DISABLE_AFTER_DAYS} days.`;
  return {
    subject: `The webhook to ${host} was disabled`,
    paragraphs: [
      `ClickPost sends nothing more to this address of ${organization}:`,
      url,
      `${why} What happens from now on is not sent there. What was waiting is kept for 30 days.`,
      'When the receiver works again, enable the webhook under Settings. What was waiting is then sent at once.',
    ],
    action: { label: 'Open Webhooks', address: page },
    closing: [`You get this because you manage the webhooks of ${organization}.`],
  };
}
