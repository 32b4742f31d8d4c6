/** Routes that the spec of the audit log does not drive, and why. */
export const NOT_DRIVEN: Readonly<Record<string, string>> = {
  validatePost: 'It changes nothing.',
  previewSupportAction: 'It changes nothing.',
  resendVerification: 'It sends a mail again and changes nothing else.',
  beginSecondFactor: 'Nothing is on until it is confirmed, which is told.',
  unlinkFacebook: 'It needs somebody whom Facebook signs in: test/integration/sign-in-doors.spec.ts.',
  actOnMedia: 'It leaves an entry of updateMedia or deleteMedia for each file: test/integration/library.spec.ts.',
  decideApprovals: 'It leaves an entry of decideApproval for each post: test/integration/approvals-inbox.spec.ts.',
  cancelRendition: 'It needs a version of a file that is made: test/integration/renditions-api.spec.ts.',
  retryRendition: 'The same.',
  createUpload: 'The file is told once it is taken in, as uploadMedia: test/integration/uploads.spec.ts.',
  patchUpload: 'The same as createUpload.',
  deleteUpload: 'What was never taken in was never told.',
  readNotification: 'What somebody has read concerns nobody else.',
  readNotifications: 'The same.',
  putApp: 'It concerns the installation, and is told in its own log: test/integration/installation-apps.spec.ts.',
  deleteApp: 'The same.',
  editPublication:
    'As removePublication, on a network that lets posts be edited: test/integration/publishing-waiting.spec.ts.',
  createOrganization: 'It is told in the new organization: see below.',
};
