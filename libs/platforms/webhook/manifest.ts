import { type PlatformManifest } from '#platforms/core';

/** The specification that this platform speaks, version 1.0.0. */
export const SPECIFICATION =
  'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md';

/**
 * How long a receiver is asked to know a `webhook-id` again, in milliseconds (see connecting.md, which asks for three days:
 * the length of the specification's own retry schedule, 75 hours, less a margin). Nothing is repeated after it.
 */
export const REPEATABLE_MS = 24 * 60 * 60_000;

/** Everything about webhooks that is data. The limits are ClickPost's own: no specification sets any. */
export const manifest: PlatformManifest = {
  id: 'webhook',
  name: 'Webhook',
  summary: 'Posts sent to a receiver of your own: a website, an intranet, an automation tool.',
  docs: SPECIFICATION,
  verifiedOn: '2026-11-22',
  connect: {
    type: 'credentials',
    fields: [
      {
        name: 'name',
        label: 'Name',
        type: 'text',
        required: false,
        placeholder: 'Company website',
        help: 'What this receiver is called in ClickPost. Its host when left empty.',
        maxLength: 100,
      },
      {
        name: 'url',
        label: 'Address',
        type: 'url',
        required: true,
        placeholder: 'https://www.example.com/clickpost',
        help: 'Posts are sent here. It must answer a signed test event with a status from 200 to 299.',
        maxLength: 2048,
      },
      {
        name: 'secret',
        label: 'Signing secret',
        type: 'secret',
        required: true,
        placeholder: 'whsec_…',
        help: 'Known to the receiver and to ClickPost alone: "whsec_" and 24 to 64 random bytes in base64.',
      },
    ],
  },
  settings: [],
  limits: {
    text: { max: 50_000, unit: 'code-points', emptyWithAttachment: true, emptyAlone: false },
    link: { supported: true, maxLength: 2048, withMedia: true },
    // Four of these in base64 keep an event near 4 MB, below the 6 MB that serverless receivers take
    // (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
    media: {
      maxCount: 4,
      maxVideos: 4,
      mixed: true,
      image: { types: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: 750_000 },
      // Fetched by its address, so its size weighs on nobody's event: what browsers play, and a gigabyte of it at the most.
      video: {
        types: ['video/mp4'],
        videoCodecs: ['h264'],
        audioCodecs: ['aac', 'mp3'],
        maxBytes: 1_000_000_000,
        maxLongSide: 3_840,
        maxShortSide: 2_160,
        needsFastStart: true,
      },
    },
    altText: { max: 2000, unit: 'graphemes' },
  },
  capabilities: { remove: false, edit: false, thread: false, firstComment: false },
  endpoints: {},
  practiceCredentials: {
    name: 'Practice inbox',
    url: '{sandbox}/webhook/inbox/practice',
    secret: 'whsec_Y2xpY2twb3N0LXByYWN0aWNlLXdlYmhvb2stc2VjcmV0',
  },
  reconcile: {
    method: 'repeat',
    settleMs: 0,
    explanation:
      'A receiver cannot be asked what it has. The event is sent again under the same webhook-id, which the receiver counts once.',
  },
  // Any other refusal may come from a receiver that had already acted; a repeat under the same id does no harm, a wrong "failed" does.
  refusals: [{ status: 410, docs: SPECIFICATION }],
  // Receivers have nothing to do with each other, even on one host: many belong to automation tools that serve everybody.
  outage: { together: 'channel' },
  preparedTtlMs: 24 * 60 * 60_000,
  appearance: {
    color: '#5b6472',
    // Three receivers and the lines between them.
    icon: 'M12 1a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7zM4.5 14a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7zM19.5 14a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7zM12.866 5L5.366 18L3.634 17L11.134 4zM12.866 4L20.366 17L18.634 18L11.134 5zM4.5 16.5L19.5 16.5L19.5 18.5L4.5 18.5z',
  },
};
