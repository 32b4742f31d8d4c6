export { NOTICE_CAUSES, type NoticeCause } from './notice-causes.js';
export { forgetOldNotices, NoticeWatch } from './notice-watch.js';
