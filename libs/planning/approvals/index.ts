export { type ApprovalView, type ApproverView, type DecisionView, type StepView } from './approval-view.js';
export { type Approver, ApprovalsService, type Decide } from './approvals.service.js';
export { INBOX, inboxParameters, type InboxPosition } from './inbox-store.js';
export { type InboxItem, type InboxRequest, InboxService } from './inbox.service.js';
export { type ApproverKey, type Verdict } from './progress.js';
export { type WaitingStep, type WaitingView } from './waiting.js';
export * from './workflow.js';
