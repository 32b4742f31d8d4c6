import { type Letter } from '#kernel';
import { type AlertCause, explainAlert, headline, type SubjectType } from './alert-causes.js';

/** What a mail says of one alert. */
export interface AlertLine {
  cause: AlertCause;
  count: number;
  subject_type: SubjectType;
  subject_id: string;
  workspace_id: string;
  workspace_name: string;
  /** Of the channel, or of the account. */
  subject_name: string;
  platform: string;
  practice: boolean;
}

/** Lines that a mail shows; the others are counted. */
const LINES = 20;

/** One mail for all that somebody is due to hear of an organization. */
export function alertLetter(input: {
  lines: readonly AlertLine[];
  organization: string;
  publicUrl: string;
  platformName: (platform: string) => string;
}): Letter {
  const { lines, organization, publicUrl, platformName } = input;
  const title = (line: AlertLine) => headline(line.cause, line.count, subjectOf(line, platformName));
  const [first] = lines;
  if (!first) throw new Error('A mail about nothing was asked for.');
  const more = lines.length - LINES;
  const one = lines.length === 1;
  const paragraphs = lines.slice(0, LINES).map((line) => {
    const { title: why, remedy } = explainAlert(line.cause);
    return one ? `${why} ${remedy}` : `${line.workspace_name}: ${title(line)}.\n${why} ${remedy}`;
  });
  return {
    subject: one ? title(first) : `${lines.length} things in ${organization} need you`,
    paragraphs: [
      ...(one ? [`Workspace: ${first.workspace_name}`] : []),
      ...paragraphs,
      ...(more > 0 ? [`And ${more} more, which ClickPost shows.`] : []),
    ],
    action: actionOf(lines, first, publicUrl),
    closing: [
      `You get this because you can mend it in ${organization}. Under Settings you choose whether such mail comes at once, once a day or not at all: ${publicUrl}/settings`,
    ],
  };
}

/** To what the mail is about, and nothing else, where that is one place. */
function actionOf(lines: readonly AlertLine[], first: AlertLine, publicUrl: string) {
  const { workspace_id: workspace, subject_id: channel, cause } = first;
  const connectionsOfOne = lines.every((line) => line.subject_type === 'connection' && line.workspace_id === workspace);
  if (connectionsOfOne) return { label: 'Open Channels', address: `${publicUrl}/w/${workspace}/channels` };
  const filter = lines.length === 1 ? `?${new URLSearchParams({ cause, workspace, channel }).toString()}` : '';
  return { label: 'Open Needs attention', address: `${publicUrl}/attention${filter}` };
}

function subjectOf(
  { subject_name: name, platform, practice }: AlertLine,
  platformName: (id: string) => string,
): string {
  return `${name} (${platformName(platform)}${practice ? ', practice' : ''})`;
}
