export { ChannelDoor } from './channel-door.js';
export { ChannelLiveService, type UsageEntry } from './channel-live.service.js';
export { type ChangeRequest, PublishedPostsService } from './published-posts.service.js';
