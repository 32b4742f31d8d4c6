import { deliverInterrupted, expectDeliveredOnce } from './large-upload.js';

it('a video of 1 GB, interrupted ten times, is sent on from where it was and becomes one video on YouTube', async () => {
  const delivered = await deliverInterrupted({
    platform: 'youtube',
    settings: { title: 'A very long film', madeForKids: 'no', privacy: 'public' },
    env: { YOUTUBE_AUDITED: 'audited' },
    // What asks how much is there has no body.
    carries: ({ method, path, bytes }) => method === 'PUT' && path.includes('/upload/') && bytes > 0,
    seed: 23,
  });
  expectDeliveredOnce(delivered);
  // What was taken in the middle of the file is answered by how much is there.
  expect(delivered.parts.filter(({ status }) => status === 308).length).toBeGreaterThan(0);
}, 400_000);
