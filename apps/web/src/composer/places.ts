import { FORMAT_SETTING } from '#platforms/core';
import { type Cause, type Finding } from './findings.js';

/** The ids of what can be the cause of a problem, so that the focus can be moved there. */
export const PLACES = {
  channels: 'compose-channels',
  text: 'compose-text',
  link: 'compose-link',
  media: 'compose-media',
  thread: 'compose-thread',
  comment: 'compose-comment',
  schedule: 'compose-schedule',
  settings: 'compose-settings',
  format: 'compose-format',
} as const;

/** The id of a text: of the post itself, or of a further part of its thread. @param at from 0 */
export function textPlace(at?: number): string {
  return at === undefined ? PLACES.text : `${PLACES.text}-${at}`;
}

/** The id of the images of the post itself, or of a further part of its thread. */
export function mediaPlace(at?: number): string {
  return at === undefined ? PLACES.media : `${PLACES.media}-${at}`;
}

/** The id of the description of an image. */
export function altTextPlace(mediaId: string, at?: number): string {
  return `${mediaPlace(at)}-${mediaId}`;
}

function placeOf(cause: Cause): string {
  switch (cause.part) {
    case 'media':
      return cause.mediaId === undefined ? mediaPlace(cause.at) : altTextPlace(cause.mediaId, cause.at);
    case 'setting':
      return cause.name === FORMAT_SETTING ? PLACES.format : PLACES.settings;
    case 'other':
      return PLACES.text;
    case 'text':
      return textPlace(cause.at);
    case 'link':
    case 'thread':
    case 'comment':
    case 'channels':
    case 'schedule':
      return PLACES[cause.part];
  }
}

/** Moves the focus to a place, once that is on the screen. */
export function focusPlace(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}

/** What of a field can be written or chosen in. */
const FOCUSABLE = 'input:not([type="hidden"]), textarea, button';

/** Moves the focus to the cause of a problem, once that is on the screen. */
export function focusCause({ cause }: Pick<Finding, 'cause'>): void {
  // Another tab may have to be drawn first.
  requestAnimationFrame(() => {
    const place = document.getElementById(placeOf(cause)) ?? document.getElementById(PLACES.text);
    const field =
      cause.part === 'setting'
        ? place?.querySelector<HTMLElement>(`[data-setting="${CSS.escape(cause.name)}"] :is(${FOCUSABLE})`)
        : place;
    (field ?? place)?.focus();
    (field ?? place)?.scrollIntoView({ block: 'center' });
  });
}
