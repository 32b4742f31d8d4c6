import { type Letter } from '#kernel';
import { explainNotice, type NoticeAbout, type NoticeCause } from './notice-causes.js';

/** What a mail says of one notice. */
export interface NoticeLine {
  cause: NoticeCause;
  about: NoticeAbout;
  post_id: string;
  /** The beginning of what it says. */
  post_text: string;
  workspace_id: string;
  workspace_name: string;
}

/** Lines that a mail shows; the others are counted. */
const LINES = 20;

/** One mail for all that somebody is due to hear of posts in an organization. */
export function noticeLetter(input: { lines: readonly NoticeLine[]; organization: string; publicUrl: string }): Letter {
  const { lines, organization, publicUrl } = input;
  const [first] = lines;
  if (!first) throw new Error('A mail about nothing was asked for.');
  const one = lines.length === 1;
  const more = lines.length - LINES;
  const wordsOf = ({ cause, about, post_text: text }: NoticeLine) => explainNotice(cause, about, text);
  const paragraphs = lines.slice(0, LINES).map((line) => {
    const { headline, title, remedy } = wordsOf(line);
    return one ? `${title}\n${remedy}` : `${line.workspace_name}: ${headline}.\n${title}`;
  });
  return {
    subject: one ? wordsOf(first).headline : `${lines.length} things about posts of ${organization}`,
    paragraphs: [
      ...(one ? [`Workspace: ${first.workspace_name}`] : []),
      ...paragraphs,
      ...(more > 0 ? [`And ${more} more, which ClickPost shows.`] : []),
    ],
    action: actionOf(lines, first, publicUrl),
    closing: [
      `You get this because you write or approve posts of ${organization}, or were spoken to. Under Settings you choose whether such mail comes at once, once a day or not at all: ${publicUrl}/settings`,
    ],
  };
}

function actionOf(lines: readonly NoticeLine[], first: NoticeLine, publicUrl: string) {
  const { workspace_id: workspace, post_id: post } = first;
  if (lines.every((line) => line.post_id === post)) {
    return { label: 'Open the post', address: `${publicUrl}/w/${workspace}/posts/${post}` };
  }
  const waits = lines.some(({ cause }) => cause === 'approval:waiting');
  return waits
    ? { label: 'Open Approvals', address: `${publicUrl}/approvals` }
    : { label: 'Open ClickPost', address: publicUrl };
}
