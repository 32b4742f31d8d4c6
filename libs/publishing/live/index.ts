export { type AskedTerms, AskedTermsService, NOT_ASKED } from './asked-terms.service.js';
export { BudgetOutlook, type MayWait } from './budget-outlook.service.js';
export { ChannelDoor } from './channel-door.js';
export { ChannelLiveService, type UsageEntry } from './channel-live.service.js';
export { type ChangeRequest, PublishedPostsService } from './published-posts.service.js';
