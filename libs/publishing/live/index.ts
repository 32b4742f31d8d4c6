export { ChannelDoor } from './channel-door.js';
export { ChannelLiveService } from './channel-live.service.js';
export { type ChangeRequest, PublishedPostsService } from './published-posts.service.js';
