import { type Letter } from '#kernel';
import { type AlertCause, explainAlert, headline, type SubjectType } from './alert-causes.js';

/** What a mail says of one alert. */
export interface AlertLine {
  cause: AlertCause;
  count: number;
  subject_type: SubjectType;
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
  const paragraphs = lines.slice(0, LINES).map((line) => {
    const { title: why, remedy } = explainAlert(line.cause);
    return `${line.workspace_name}: ${title(line)}.\n${why} ${remedy}`;
  });
  return {
    subject: lines.length === 1 ? title(first) : `${lines.length} things in ${organization} need you`,
    paragraphs: [...paragraphs, ...(more > 0 ? [`And ${more} more, which ClickPost shows.`] : [])],
    action: actionOf(lines, first, publicUrl),
    closing: [
      `You get this because you can mend it in ${organization}. Under Settings you choose whether such mail comes at once, once a day or not at all: ${publicUrl}/settings`,
    ],
  };
}

function actionOf(lines: readonly AlertLine[], first: AlertLine, publicUrl: string) {
  const sameChannels = lines.every(
    (line) => line.subject_type === 'connection' && line.workspace_id === first.workspace_id,
  );
  return sameChannels
    ? { label: 'Open Channels', address: `${publicUrl}/w/${first.workspace_id}/channels` }
    : { label: 'Open Needs attention', address: `${publicUrl}/attention` };
}

function subjectOf(
  { subject_name: name, platform, practice }: AlertLine,
  platformName: (id: string) => string,
): string {
  return `${name} (${platformName(platform)}${practice ? ', practice' : ''})`;
}
