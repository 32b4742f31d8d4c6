export { type Absence } from './absence.js';
export { AbsencesService, type AbsenceView } from './absences.service.js';
export {
  type ApprovalView,
  type ApproverView,
  type DelegateView,
  type DecisionView,
  type StepView,
} from './approval-view.js';
export { type Approver, ApprovalsService, type Decide } from './approvals.service.js';
export { INBOX, inboxParameters, type InboxPosition } from './inbox-store.js';
export { type InboxItem, type InboxRequest, InboxService } from './inbox.service.js';
export { isLeftOver, LeftOverApprovals } from './left-over.js';
export { authorsOf, peopleOf } from './people.js';
export { type ApproverKey, type Verdict, whoMayApprove } from './progress.js';
export { type ApprovalRecord } from './approval-store.js';
export { type Standing, standingsOf } from './standing.js';
export { type WaitingStep, type WaitingView } from './waiting.js';
export * from './workflow.js';
