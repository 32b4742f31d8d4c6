import { type PreviewItem, usePreviewSource } from './preview-source.js';
import classes from './previews.module.css';

/** The event as it is sent to a receiver; what is known only then is an ellipsis. */
export function EventPreview({ item: { content } }: { item: PreviewItem }) {
  const { useFacts } = usePreviewSource();
  const media = useFacts(content.media.map(({ id }) => id));
  const event = {
    type: 'post.published',
    timestamp: '…',
    data: {
      id: 'msg_…',
      channel: '…',
      text: content.text,
      ...(content.link !== undefined && { link: content.link }),
      media: content.media.map(({ altText }, index) => ({
        contentType: media[index]?.contentType ?? '…',
        bytes: '…',
        width: media[index]?.width ?? '…',
        height: media[index]?.height ?? '…',
        digest: '…',
        ...(altText.trim() !== '' && { altText }),
        base64: '…',
      })),
    },
  };
  return (
    <>
      <pre className={classes['json']} tabIndex={0}>
        <code>{JSON.stringify(event, null, 2).split(TOKEN).map(piece)}</code>
      </pre>
      <p className={classes['small']}>
        What is not known before it is sent is shown as “…”. Images are made smaller where they have to be.
      </p>
    </>
  );
}

/** Names, texts and the rest of a JSON text. */
const TOKEN = /("(?:[^"\\]|\\.)*"(?:\s*:)?)/;

function piece(text: string, index: number) {
  if (!text.startsWith('"')) return text;
  return (
    <span key={index} className={classes[text.endsWith(':') ? 'jsonName' : 'jsonText']}>
      {text}
    </span>
  );
}
