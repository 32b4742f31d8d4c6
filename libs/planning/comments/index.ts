export * from './anchor.js';
export {
  type AttachmentView,
  type ClientCommentView,
  type CommentAuthor,
  type CommentView,
  type Mention,
  type Visibility,
} from './comment-view.js';
export {
  type ClientComment,
  type Commenter,
  CommentsService,
  type NewComment,
  type Threads,
} from './comments.service.js';
export { type CommentRights } from './rights.js';
