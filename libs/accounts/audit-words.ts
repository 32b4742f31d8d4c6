/**
 * What every operation that changes something is called for people: it follows the name of who did it, and what it was done
 * to follows it. "Ada" "changed the workspace" "North Roast". The one place for these words.
 */
export const AUDIT_WORDS: Readonly<Record<string, string>> = {
  createApiKey: 'made the API key',
  revokeApiKey: 'revoked the API key',
  logIn: 'signed in',
  useRecoveryCode: 'signed in with a recovery code',
  changePassword: 'changed their password',
  requestPasswordReset: 'asked for a link to choose a new password',
  resetPassword: 'chose a new password with the link from the mail',
  verifyEmail: 'confirmed their e-mail address',
  confirmSecondFactor: 'turned their second factor on',
  renewRecoveryCodes: 'made new recovery codes',
  removeSecondFactor: 'turned their second factor off',
  endSession: 'ended one of their sessions',
  endOtherSessions: 'ended all their other sessions',
  linkFacebook: 'let Facebook sign them in',
  unlinkFacebook: 'no longer lets Facebook sign them in',
  putNotificationPreferences: 'changed how they are told by mail',
  createOrganization: 'created the organization',
  updateOrganization: 'renamed the organization',
  transferOrganization: 'handed over the organization',
  leaveOrganization: 'left the organization',
  switchOrganization: 'came here from another organization',
  requireSecondFactor: 'changed who needs a second factor in',
  inviteMember: 'invited',
  resendInvitation: 'invited again',
  revokeInvitation: 'took back the invitation of',
  acceptInvitation: 'accepted the invitation',
  updateMember: 'changed the role of',
  removeMember: 'removed the member',
  putAbsence: 'said who decides while away is',
  deleteAbsence: 'ended the absence of',
  createWorkspace: 'created the workspace',
  archiveWorkspace: 'archived the workspace',
  restoreWorkspace: 'restored the workspace',
  updateWorkspace: 'changed the workspace',
  pauseWorkspace: 'paused the workspace',
  resumeWorkspace: 'resumed the workspace',
  pauseOrganization: 'paused the organization',
  resumeOrganization: 'resumed the organization',
  createConnection: 'connected the account',
  addChannels: 'chose channels of the account',
  deleteConnection: 'disconnected the account',
  beginReconnection: 'began to reconnect the account',
  deleteReconnection: 'gave up reconnecting the account',
  confirmReconnection: 'reconnected the account',
  deleteChannel: 'removed the channel',
  pauseChannel: 'paused the channel',
  resumeChannel: 'resumed the channel',
  uploadMedia: 'uploaded the file',
  cancelRendition: 'stopped the making of a version of a file',
  retryRendition: 'had a version of a file made again',
  updateMedia: 'changed the file',
  deleteMedia: 'deleted the file',
  addMediaVersion: 'gave a new version to the file',
  actOnMedia: 'changed several files',
  createMediaFolder: 'made the folder',
  updateMediaFolder: 'changed the folder',
  deleteMediaFolder: 'deleted the folder',
  setMediaQuota: 'changed how much storage there is for',
  createPost: 'wrote the post',
  updatePost: 'changed the post',
  deletePost: 'deleted the post',
  setApprovalWorkflow: 'changed who approves posts in',
  createComment: 'commented',
  updateComment: 'changed the comment',
  deleteComment: 'deleted the comment',
  requestApproval: 'asked for approval of the post',
  decideApproval: 'decided about the post',
  createReviewLink: 'made a review link for',
  revokeReviewLink: 'revoked the review link of',
  revokeReviewLinks: 'revoked all review links of the post',
  decideReview: 'decided by review link about the post',
  commentReview: 'commented by review link on the post',
  decideApprovals: 'decided about several posts',
  retryPublication: 'tried again to publish on',
  holdPublication: 'held the publication on',
  releasePublication: 'released the publication on',
  reconcilePublication: 'had the publication looked up on',
  cancelPublication: 'cancelled the publication on',
  resolvePublication: 'resolved the publication on',
  removePublication: 'asked to have the published post removed from',
  editPublication: 'asked to have the published post edited on',
  createWebhook: 'added the webhook to',
  updateWebhook: 'changed the webhook to',
  deleteWebhook: 'deleted the webhook to',
  rotateWebhookSecret: 'made a new secret for the webhook to',
  testWebhook: 'sent a test to the webhook to',
  repeatWebhookDelivery: 'had a message sent again by the webhook to',
  repeatWebhookDeliveries: 'had all failed messages sent again by the webhook to',
  carryOutSupportAction: 'mended several publications',
  operatorFindOrganization: 'looked up the organization',
  operatorReadPublications: 'read the publications of',
  operatorReadLog: 'read the publishing log of',
  operatorReadConnections: 'read the connections of',
  operatorReadMembers: 'read the members of',
};

/** The same for what was tried in vain, which `details.failed` tells. */
const FAILED_WORDS: Readonly<Record<string, string>> = {
  logIn: 'tried to sign in, in vain',
  changePassword: 'tried to change the password, in vain',
  beginSecondFactor: 'tried to set up a second factor, in vain',
  renewRecoveryCodes: 'tried to make new recovery codes, in vain',
  removeSecondFactor: 'tried to turn the second factor off, in vain',
};

/**
 * The words for an entry. An operation that the table does not know is told by its name: `updatePost` → "update post".
 * @param details of the entry
 */
export function auditWords(operation: string, details: Readonly<Record<string, unknown>> = {}): string {
  const words = AUDIT_WORDS[operation] ?? operation.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
  if (details['failed'] === undefined) return words;
  return FAILED_WORDS[operation] ?? `tried in vain, which would be: ${words}`;
}

/** The operations whose words contain a text, in whatever case. */
export function operationsSaying(text: string): string[] {
  const wanted = text.toLowerCase();
  return Object.keys(AUDIT_WORDS).filter((operation) => AUDIT_WORDS[operation]?.toLowerCase().includes(wanted));
}
