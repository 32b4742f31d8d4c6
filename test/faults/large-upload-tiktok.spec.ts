import { deliverInterrupted, expectDeliveredOnce } from './large-upload.js';

it('a video of 1 GB, interrupted ten times, is sent on from where it was and becomes one video on TikTok', async () => {
  const delivered = await deliverInterrupted({
    platform: 'tiktok',
    settings: { privacy: 'PUBLIC_TO_EVERYONE', musicConsent: true },
    env: { TIKTOK_AUDITED: 'audited' },
    carries: ({ method, path }) => method === 'PUT' && path.startsWith('/upload/'),
    seed: 22,
  });
  expectDeliveredOnce(delivered);
  // What was taken and not answered is sent again, refused as out of order, and gone on behind.
  expect(delivered.parts.filter(({ status }) => status === 416).length).toBeGreaterThan(0);
}, 400_000);
