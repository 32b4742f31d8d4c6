export { type FeedListener, type PublicationChange, PublicationFeed } from './publication-feed.js';
