export { type ApprovalView, type ApproverView, type DecisionView, type StepView } from './approval-view.js';
export { type Approver, ApprovalsService, type Decide } from './approvals.service.js';
export { type ApproverKey, type Verdict } from './progress.js';
export * from './workflow.js';
