import { type PlatformLimits } from '#platforms/core';

/** Characters of the fields of events and offers. The reference names no numbers; these are those of Google's own forms. */
export const TITLE_MAX = 58;
export const COUPON_MAX = 58;
export const TERMS_MAX = 5_000;

/** A photo has so many bytes at the least. https://developers.google.com/my-business/reference/rest/v4/accounts.locations.media */
export const MIN_PHOTO_BYTES = 10_240;

/**
 * What an update may contain. `media` of a post is a list, and no page says how long it may be: one photo is what every page
 * shows. Videos are taken for the profile, not for posts. Google keeps no text for people who cannot see a photo.
 * Compared with the pages on 2026-11-23.
 */
export const UPDATE_LIMITS: PlatformLimits = {
  // Which kind of character is counted no page says; no kind counts more than UTF-16 units.
  text: { max: 1_500, unit: 'utf16', emptyWithAttachment: false, emptyAlone: false },
  link: { supported: true, withMedia: true },
  media: {
    maxCount: 1,
    image: {
      types: ['image/jpeg', 'image/png'],
      maxBytes: 5_000_000,
      minWidth: 250,
      minHeight: 250,
    },
  },
};

/** An event may say everything by its title and its time. */
export const EVENT_LIMITS: PlatformLimits = {
  ...UPDATE_LIMITS,
  text: { ...UPDATE_LIMITS.text, emptyWithAttachment: true, emptyAlone: true },
};

/** "Ignored for topic type OFFER" is said of the button: an offer has an address of its own where it is redeemed. */
export const OFFER_LIMITS: PlatformLimits = { ...EVENT_LIMITS, link: { supported: false, withMedia: false } };
