import { TenancyAndAccounts1795300000000 } from './1795300000000-tenancy-and-accounts.js';
import { OutboxAndIdempotency1795300001000 } from './1795300001000-outbox-and-idempotency.js';
import { ChannelsAndMedia1795300002000 } from './1795300002000-channels-and-media.js';
import { Publishing1795300003000 } from './1795300003000-publishing.js';
import { Planning1795300004000 } from './1795300004000-planning.js';
import { PausesAndLateness1795300006000 } from './1795300006000-pauses-and-lateness.js';
import { FlowControl1795300007000 } from './1795300007000-flow-control.js';
import { SupportSearch1795300008000 } from './1795300008000-support-search.js';
import { InstallationPause1795300009000 } from './1795300009000-installation-pause.js';
import { TokenRenewal1795300009001 } from './1795300009001-token-renewal.js';
import { RoomForUpdates1795300010000 } from './1795300010000-room-for-updates.js';
import { Access1795300011000 } from './1795300011000-access.js';
import { SignIn1795300012000 } from './1795300012000-sign-in.js';
import { Mail1795300013000 } from './1795300013000-mail.js';
import { Notifications1795300014000 } from './1795300014000-notifications.js';
import { Members1795300015000 } from './1795300015000-members.js';
import { ConnectionHealth1795300016000 } from './1795300016000-connection-health.js';
import { KeysAndAudit1795300017000 } from './1795300017000-keys-and-audit.js';
import { Approvals1795300020000 } from './1795300020000-approvals.js';
import { Events1795300021000 } from './1795300021000-events.js';
import { ApprovalStanding1795300022000 } from './1795300022000-approval-standing.js';
import { ReviewLinks1795300023000 } from './1795300023000-review-links.js';
import { Comments1795300024000 } from './1795300024000-comments.js';
import { OutgoingWebhooks1795300025000 } from './1795300025000-outgoing-webhooks.js';
import { AbsenceAndNotices1795300026000 } from './1795300026000-absence-and-notices.js';
import { PoliciesPlannedFaster1795300028000 } from './1795300028000-policies-planned-faster.js';
import { IdempotentOrganizations1795300029000 } from './1795300029000-idempotent-organizations.js';
import { Media1795300030000 } from './1795300030000-media.js';
import { Uploads1795300031000 } from './1795300031000-uploads.js';
import { RenditionJobs1795300032000 } from './1795300032000-rendition-jobs.js';
import { MediaOfPublications1795300033000 } from './1795300033000-media-of-publications.js';
import { MediaLibrary1795300034000 } from './1795300034000-media-library.js';
import { AcceptedAndChanged1795300040000 } from './1795300040000-accepted-and-changed.js';
import { LooksByIndex1795300040001 } from './1795300040001-looks-by-index.js';
import { PlatformApps1795300041000 } from './1795300041000-platform-apps.js';
import { PlatformCallbacks1795300041001 } from './1795300041001-platform-callbacks.js';
import { DuplicatesAndSpending1795300050000 } from './1795300050000-duplicates-and-spending.js';
import { EditedObjects1795300050001 } from './1795300050001-edited-objects.js';
import { ChannelDifferences1795300050010 } from './1795300050010-channel-differences.js';
import { ChosenChannels1795300050011 } from './1795300050011-chosen-channels.js';
import { TermsBudgetsNotes1795300060000 } from './1795300060000-terms-budgets-notes.js';
import { BudgetReservations1795300070000 } from './1795300070000-budget-reservations.js';

/** Every migration, in order. */
export const migrations = [
  TenancyAndAccounts1795300000000,
  OutboxAndIdempotency1795300001000,
  ChannelsAndMedia1795300002000,
  Publishing1795300003000,
  Planning1795300004000,
  PausesAndLateness1795300006000,
  FlowControl1795300007000,
  SupportSearch1795300008000,
  InstallationPause1795300009000,
  TokenRenewal1795300009001,
  RoomForUpdates1795300010000,
  Access1795300011000,
  SignIn1795300012000,
  Mail1795300013000,
  Notifications1795300014000,
  Members1795300015000,
  ConnectionHealth1795300016000,
  KeysAndAudit1795300017000,
  Approvals1795300020000,
  Events1795300021000,
  ApprovalStanding1795300022000,
  ReviewLinks1795300023000,
  Comments1795300024000,
  OutgoingWebhooks1795300025000,
  AbsenceAndNotices1795300026000,
  PoliciesPlannedFaster1795300028000,
  IdempotentOrganizations1795300029000,
  Media1795300030000,
  Uploads1795300031000,
  RenditionJobs1795300032000,
  MediaOfPublications1795300033000,
  MediaLibrary1795300034000,
  AcceptedAndChanged1795300040000,
  LooksByIndex1795300040001,
  PlatformApps1795300041000,
  PlatformCallbacks1795300041001,
  DuplicatesAndSpending1795300050000,
  EditedObjects1795300050001,
  ChannelDifferences1795300050010,
  ChosenChannels1795300050011,
  TermsBudgetsNotes1795300060000,
  BudgetReservations1795300070000,
];
