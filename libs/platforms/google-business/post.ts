import { formatOf, type JsonObject, type SegmentDraft } from '#platforms/core';
import { manifest } from './manifest.js';
import { CALL, EVENT, NO_BUTTON, OFFER, UPDATE } from './settings.js';

/** Which kind of post a draft is. */
export function kindOf({ settings }: Pick<SegmentDraft, 'settings'>): typeof UPDATE | typeof EVENT | typeof OFFER {
  const id = formatOf(manifest, settings)?.id;
  return id === EVENT || id === OFFER ? id : UPDATE;
}

/** The button that was chosen; undefined = none, and for offers, which have none. */
export function buttonOf(draft: Pick<SegmentDraft, 'settings'>): string | undefined {
  const { callToAction: button } = draft.settings;
  return kindOf(draft) === OFFER || typeof button !== 'string' || button === NO_BUTTON ? undefined : button;
}

/** When an event or an offer begins and ends, as the clocks at the place show it: `2026-12-31T18:30`. Undefined where a part is missing. */
export function spanOf(settings: JsonObject): { start: string; end: string } | undefined {
  const start = momentOf(settings.startDate, settings.startTime);
  const end = momentOf(settings.endDate, settings.endTime);
  return start === undefined || end === undefined ? undefined : { start, end };
}

function momentOf(date: unknown, time: unknown): string | undefined {
  return typeof date === 'string' && typeof time === 'string' ? `${date}T${time}` : undefined;
}

/**
 * A new post, without its photo. Pure.
 * https://developers.google.com/my-business/reference/rest/v4/accounts.locations.localPosts#LocalPost
 * @param languageCode of the place; Google takes its own guess where none is known
 * @throws Error where a required setting is missing, which preflight tells before
 */
export function postFields(draft: SegmentDraft, languageCode?: string): JsonObject {
  const kind = kindOf(draft);
  const text = draft.text.trim();
  const button = buttonOf(draft);
  return {
    topicType: kind.toUpperCase(),
    ...(languageCode !== undefined && { languageCode }),
    ...(text !== '' && { summary: draft.text }),
    ...(button !== undefined && { callToAction: actionOf(button, draft.link) }),
    // An offer holds for a time too: "Required for topic types EVENT and OFFER."
    ...(kind !== UPDATE && { event: eventOf(draft.settings) }),
    ...(kind === OFFER && { offer: offerOf(draft.settings) }),
  };
}

function actionOf(actionType: string, link: string | undefined): JsonObject {
  return { actionType, ...(actionType !== CALL && link !== undefined && { url: link }) };
}

function eventOf(settings: JsonObject): JsonObject {
  const span = spanOf(settings);
  const title = textOf(settings.title);
  if (!span || title === undefined) throw new Error('An event has a title, a beginning and an end.');
  return {
    title,
    schedule: {
      ...{ startDate: dateOf(span.start), startTime: timeOf(span.start) },
      ...{ endDate: dateOf(span.end), endTime: timeOf(span.end) },
    },
  };
}

function offerOf({ couponCode, redeemUrl, terms }: JsonObject): JsonObject {
  const [code, url, conditions] = [textOf(couponCode), textOf(redeemUrl), textOf(terms)];
  return {
    ...(code !== undefined && { couponCode: code }),
    ...(url !== undefined && { redeemOnlineUrl: url }),
    ...(conditions !== undefined && { termsConditions: conditions }),
  };
}

/** https://developers.google.com/my-business/reference/rest/Shared.Types/Date */
function dateOf(moment: string): JsonObject {
  const [year, month, day] = (moment.split('T')[0] ?? '').split('-').map(Number);
  return { year: year ?? 0, month: month ?? 0, day: day ?? 0 };
}

function timeOf(moment: string): JsonObject {
  const [hours, minutes] = (moment.split('T')[1] ?? '').split(':').map(Number);
  return { hours: hours ?? 0, minutes: minutes ?? 0, seconds: 0, nanos: 0 };
}

function textOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}
