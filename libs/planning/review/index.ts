export * from './review-door.js';
export { REVIEW_LINK_STATES, type ReviewLinkRecord, type ReviewLinkState } from './review-link-store.js';
export * from './review-links.service.js';
export { type ReviewCover, type ReviewMedia, type ReviewOutcome, type ReviewRendition } from './review-media.js';
export * from './review-view.js';
export * from './review.service.js';
export { PASS_HOURS, ReviewTokens } from './review-tokens.js';
