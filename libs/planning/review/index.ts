export { REVIEW_LINK_STATES, type ReviewLinkState } from './review-link-store.js';
export * from './review-links.service.js';
