import { type FormField, formatField, type PostFormat } from '#platforms/core';
import { COUPON_MAX, EVENT_LIMITS, OFFER_LIMITS, TERMS_MAX, TITLE_MAX, UPDATE_LIMITS } from './limits.js';

/** Kinds of post, as the setting `format` names them. */
export const UPDATE = 'standard';
export const EVENT = 'event';
export const OFFER = 'offer';
/** No button. */
export const NO_BUTTON = 'NONE';
/** The one button that needs no address: it dials the number of the profile. */
export const CALL = 'CALL';
/** What the field is called that holds the address of an offer. */
export const REDEEM_LABEL = 'Where it is redeemed online';

/**
 * Google's fourth kind, ALERT, is left out: its only sub-type is COVID_19, and an alert is no post that anybody plans.
 * https://developers.google.com/my-business/reference/rest/v4/accounts.locations.localPosts#LocalPostTopicType
 */
export const FORMATS: readonly PostFormat[] = [
  { id: UPDATE, label: 'Update', help: 'What is new at the place, with a photo and a button.', limits: UPDATE_LIMITS },
  {
    id: EVENT,
    label: 'Event',
    help: 'Something that happens at the place, with a title, a beginning and an end.',
    limits: EVENT_LIMITS,
  },
  {
    id: OFFER,
    label: 'Offer',
    help: 'A promotion with a title, the time in which it holds, and how it is redeemed.',
    limits: OFFER_LIMITS,
  },
];

/** What `callToAction.actionType` may be. https://developers.google.com/my-business/reference/rest/v4/accounts.locations.localPosts#ActionType */
const BUTTONS = [
  { value: NO_BUTTON, label: 'No button' },
  { value: 'BOOK', label: 'Book' },
  { value: 'ORDER', label: 'Order online' },
  { value: 'SHOP', label: 'Buy' },
  { value: 'LEARN_MORE', label: 'Learn more' },
  { value: 'SIGN_UP', label: 'Sign up' },
  { value: CALL, label: 'Call now' },
] as const;

const TIMED = { setting: 'format', values: [EVENT, OFFER] } as const;
const OFFERED = { setting: 'format', values: [OFFER] } as const;
const AT_THE_PLACE = 'Enter the time as the clocks at the place show it.';

/** The settings of a post. An event lasts from a day and time to another: "It must contain all fields to be valid." */
export const SETTINGS: readonly FormField[] = [
  formatField(FORMATS),
  {
    name: 'callToAction',
    label: 'Button',
    type: 'select',
    required: false,
    default: NO_BUTTON,
    options: BUTTONS,
    help: 'It leads to the link of the post. "Call now" dials the number of the profile; Google rejects posts with a number in the text.',
    when: { setting: 'format', values: [UPDATE, EVENT] },
  },
  { name: 'title', label: 'Title', type: 'text', required: true, maxLength: TITLE_MAX, when: TIMED },
  { name: 'startDate', label: 'First day', type: 'date', required: true, when: TIMED },
  { name: 'startTime', label: 'Begins at', type: 'time', required: true, help: AT_THE_PLACE, when: TIMED },
  { name: 'endDate', label: 'Last day', type: 'date', required: true, when: TIMED },
  { name: 'endTime', label: 'Ends at', type: 'time', required: true, help: AT_THE_PLACE, when: TIMED },
  {
    name: 'couponCode',
    label: 'Coupon code',
    type: 'text',
    required: false,
    maxLength: COUPON_MAX,
    help: 'What people show or enter to redeem the offer.',
    when: OFFERED,
  },
  {
    name: 'redeemUrl',
    label: REDEEM_LABEL,
    type: 'url',
    required: false,
    placeholder: 'https://',
    when: OFFERED,
  },
  {
    name: 'terms',
    label: 'Terms and conditions',
    type: 'text',
    required: false,
    maxLength: TERMS_MAX,
    multiline: true,
    when: OFFERED,
  },
];
