import { type PreviewItem } from './preview-source.js';

/** One message of a post as its channel shows it. */
export interface PreviewMessage {
  key: string;
  /** What it is among several; left out = it stands alone. */
  name?: string;
  isComment: boolean;
  /** The channel with what it gets in this message. */
  item: PreviewItem;
}

/** What a channel shows, in order: the post, the further parts of its thread, the first comment; only what its network has. */
export function messagesOf(item: PreviewItem): PreviewMessage[] {
  const { content, supports } = item;
  const { link: _, ...rest } = content;
  const parts = supports.thread ? content.thread : [];
  const count = parts.length + 1;
  const first: PreviewMessage = {
    key: 'post',
    ...(count > 1 && { name: `Part 1 of ${count}` }),
    isComment: false,
    item,
  };
  const further = parts.map(({ key, text, media }, index): PreviewMessage => {
    const name = `Part ${index + 2} of ${count}`;
    return { key, name, isComment: false, item: { ...item, content: { ...rest, text, media } } };
  });
  const comment = { ...rest, text: content.firstComment, media: [] };
  const hasComment = supports.firstComment && content.firstComment.trim() !== '';
  return [
    first,
    ...further,
    ...(hasComment
      ? [{ key: 'comment', name: 'First comment', isComment: true, item: { ...item, content: comment } }]
      : []),
  ];
}
