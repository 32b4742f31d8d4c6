/**
 * What every operation that changes something is called for people: it follows the name of who did it, and what it was done
 * to follows it. "Ada" "changed the workspace" "North Roast". The one place for these words.
 */
export const AUDIT_WORDS: Readonly<Record<string, string>> = {
  createApiKey: 'made the API key',
  revokeApiKey: 'revoked the API key',
  createWorkspace: 'created the workspace',
  updateWorkspace: 'changed the workspace',
  pauseWorkspace: 'paused the workspace',
  resumeWorkspace: 'resumed the workspace',
  pauseOrganization: 'paused the organization',
  resumeOrganization: 'resumed the organization',
  createConnection: 'connected the account',
  deleteConnection: 'disconnected the account',
  pauseChannel: 'paused the channel',
  resumeChannel: 'resumed the channel',
  uploadMedia: 'uploaded the file',
  describeMedia: 'described the file',
  createPost: 'wrote the post',
  updatePost: 'changed the post',
  deletePost: 'deleted the post',
  retryPublication: 'tried again to publish on',
  holdPublication: 'held the publication on',
  releasePublication: 'released the publication on',
  reconcilePublication: 'had the publication looked up on',
  cancelPublication: 'cancelled the publication on',
  resolvePublication: 'resolved the publication on',
  carryOutSupportAction: 'mended several publications',
  operatorFindOrganization: 'of the installation looked up the organization',
  operatorReadPublications: 'of the installation read the publications of',
  operatorReadLog: 'of the installation read the publishing log of',
  operatorReadConnections: 'of the installation read the connections of',
  operatorReadMembers: 'of the installation read the members of',
};

/** The words for an operation. One that the table does not know is told by its name: `updatePost` → "update post". */
export function auditWords(operation: string): string {
  return AUDIT_WORDS[operation] ?? operation.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
}

/** The operations whose words contain a text, in whatever case. */
export function operationsSaying(text: string): string[] {
  const wanted = text.toLowerCase();
  return Object.keys(AUDIT_WORDS).filter((operation) => AUDIT_WORDS[operation]?.toLowerCase().includes(wanted));
}
