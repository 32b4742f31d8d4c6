import { type PlannedMedia } from './changes.js';

/** What becomes of the cover that was chosen, in sentences. @param nameOf of a channel */
export function coversInWords(plans: readonly PlannedMedia[], nameOf: (channelId: string) => string): string[] {
  const names = (fits: (cover: NonNullable<PlannedMedia['cover']>) => boolean) => [
    ...new Set(plans.flatMap(({ cover, channelId }) => (cover && fits(cover) ? [nameOf(channelId)] : []))),
  ];
  const own = names(({ action }) => action === 'keep' || action === 'render');
  const moment = names(({ action }) => action === 'moment');
  const none = names(({ action }) => action === 'none');
  const refused = plans.flatMap(({ cover, channelId }) =>
    cover?.action === 'refuse'
      ? [`${nameOf(channelId)} does not take the cover: ${cover.reason ?? 'it does not fit.'}`]
      : [],
  );
  return [
    own.length > 0 && `The image is the cover on ${listed(own)}.`,
    moment.length > 0 && `The chosen frame is the cover on ${listed(moment)}.`,
    none.length > 0 && `${listed(none)} ${none.length === 1 ? 'chooses' : 'choose'} the cover without asking.`,
    ...new Set(refused),
  ].filter((sentence) => sentence !== false);
}

/** `X`, `X and Threads`, `X, Threads and LinkedIn`: none is left out. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
