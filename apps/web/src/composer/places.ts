import { type Cause, type Finding } from './findings.js';

/** The ids of what can be the cause of a problem, so that the focus can be moved there. */
export const PLACES = {
  channels: 'compose-channels',
  text: 'compose-text',
  link: 'compose-link',
  media: 'compose-media',
  schedule: 'compose-schedule',
  settings: 'compose-settings',
} as const;

/** The id of the description of an image. */
export function altTextPlace(mediaId: string): string {
  return `${PLACES.media}-${mediaId}`;
}

function placeOf(cause: Cause): string {
  switch (cause.part) {
    case 'media':
      return cause.mediaId === undefined ? PLACES.media : altTextPlace(cause.mediaId);
    case 'setting':
      return PLACES.settings;
    case 'other':
      return PLACES.text;
    case 'text':
    case 'link':
    case 'channels':
    case 'schedule':
      return PLACES[cause.part];
  }
}

/** Moves the focus to the cause of a problem, once that is on the screen. */
export function focusCause({ cause }: Pick<Finding, 'cause'>): void {
  // Another tab may have to be drawn first.
  requestAnimationFrame(() => {
    const place = document.getElementById(placeOf(cause)) ?? document.getElementById(PLACES.text);
    const field =
      cause.part === 'setting' ? place?.querySelector<HTMLElement>(`[name="${CSS.escape(cause.name)}"]`) : place;
    (field ?? place)?.focus();
    (field ?? place)?.scrollIntoView({ block: 'center' });
  });
}
