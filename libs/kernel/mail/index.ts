export * from './delivery.js';
export { isMailAddress, type Letter, MailError, type Recipient } from './letter.js';
export * from './mail-outbox.js';
export { MailQueue, type OutgoingMail } from './mail-queue.js';
export { mailSecrets } from './sealed.js';
export { escapeHtml, renderLetter, type RenderedLetter } from './render.js';
