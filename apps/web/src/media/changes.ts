import { type Schema } from '../api/client.js';

/** What one channel gets of one file, as the API plans it. */
export type PlannedMedia = Schema<'PlannedMediaDto'>;

/** What is done to a file alike for some channels. */
export interface ChangeGroup {
  channelIds: readonly string[];
  plan: PlannedMedia;
}

/** Plans of one file, those that come to the same together, in the order of the channels. Pure. */
export function groupChanges(plans: readonly PlannedMedia[]): ChangeGroup[] {
  const groups = new Map<string, { channelIds: string[]; plan: PlannedMedia }>();
  for (const plan of plans) {
    // The cover is told of in a sentence of its own.
    const { channelId, segment: _, position: __, rendition, cover: ___, ...same } = plan;
    const key = JSON.stringify([same, rendition?.id]);
    const group = groups.get(key);
    if (!group) groups.set(key, { channelIds: [channelId], plan });
    else if (!group.channelIds.includes(channelId)) group.channelIds.push(channelId);
  }
  return [...groups.values()];
}

/** What is done in one step, in a word or two; undefined for what is no news to people. */
const DONE: Readonly<Record<string, string>> = {
  trim: 'Trimmed',
  deinterlace: 'Made smooth',
  tonemap: 'Colours adapted',
  toSrgb: 'Colours adapted',
  orient: 'Turned upright',
  rotate: 'Turned upright',
  flatten: 'Transparency filled',
  crop: 'Cropped',
  pad: 'Bars added',
  scale: 'Size changed',
  resize: 'Size changed',
  frameRate: 'Frame rate changed',
  encode: 'Picture converted',
  format: 'Format changed',
  quality: 'Written anew',
  audio: 'Sound converted',
  silence: 'Silent track added',
  container: 'Repacked',
  fastStart: 'Repacked',
  strip: 'Hidden data removed',
};

/** A step as it is shown: what is done, and why. */
export interface ShownStep {
  done: string;
  reason: string;
}

/** The steps as they are shown. What is done twice for one reason is said once. Pure. */
export function shownSteps({ steps }: Pick<PlannedMedia, 'steps'>): ShownStep[] {
  const shown = steps.map(({ kind, reason }) => ({ done: DONE[kind] ?? 'Changed', reason }));
  return shown.filter(
    (one, index) => shown.findIndex(({ done, reason }) => done === one.done && reason === one.reason) === index,
  );
}

/** What becomes of a file in one line; `undefined` size for documents. */
export function outcomeInWords(
  { action, output, width, height, durationMs, reason }: PlannedMedia,
  duration: (ms: number) => string,
): string {
  if (action === 'keep') return 'Goes out as it is';
  if (action === 'refuse') return reason ?? 'It cannot go out here';
  const size = width > 0 && height > 0 ? `, ${width} × ${height}` : '';
  const length = output === 'video' && durationMs !== undefined ? `, ${duration(durationMs)}` : '';
  return `Goes out as ${output === 'image' ? 'an image' : `a ${output}`}${size}${length}`;
}
