import { type PostFormat } from '#platforms/core';
import { SHORT_LIMITS, VIDEO_LIMITS } from './limits.js';

/**
 * The kinds of video. Both are uploaded in the same way: YouTube itself makes a Short of what is upright or square and no longer
 * than three minutes. https://support.google.com/youtube/answer/15424877
 */
export const FORMATS: readonly PostFormat[] = [
  {
    id: 'video',
    label: 'Video',
    help: 'A video of any shape; YouTube shows upright or square ones of up to three minutes as Shorts by itself.',
    limits: VIDEO_LIMITS,
  },
  {
    id: 'short',
    label: 'Short',
    help: 'An upright or square video of up to three minutes, shown among the Shorts.',
    limits: SHORT_LIMITS,
  },
];
