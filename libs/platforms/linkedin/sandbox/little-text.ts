/** What a reader found at a place of a text: what people see of it, and where it ends. */
interface Found {
  shown: string;
  end: number;
}

const RESERVED = '|{}@[]()<>#\\*_~';
/** `HashtagTemplate ::= '{hashtag|' ( # | ＃ ) '|' Text '}'`, the sign escaped or not: the pages show both. */
const TEMPLATE_HEAD = /^\{hashtag\|(\\#|#|＃)\|/u;
/** `MentionElement ::= '@' '[' Text ']' '(' Urn ')'` */
const MENTION = /^@\[((?:[^\\[\]]|\\.)*)\]\((urn:li:(?:person|organization):[\w-]+)\)/u;
/** `HashtagElement ::= '#' SINGLE_WORD` */
const HASHTAG = /^#([\p{L}\p{N}]+)/u;

/**
 * Reads a commentary as LinkedIn does: from left to right, one element after the other, and where something begins that is none
 * it stops without a word, so that all that follows is lost.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format
 */
export function readLittleText(commentary: string): string {
  let shown = '';
  for (let at = 0; at < commentary.length;) {
    const found = elementAt(commentary, at);
    if (!found) return shown;
    shown += found.shown;
    at = found.end;
  }
  return shown;
}

function elementAt(text: string, at: number): Found | undefined {
  const sign = text.charAt(at);
  if (!RESERVED.includes(sign)) return { shown: sign, end: at + 1 };
  switch (sign) {
    case '\\':
      return escapeAt(text, at);
    case '{':
      return templateAt(text, at);
    case '@':
      return mentionAt(text, at);
    case '#':
      return hashtagAt(text, at);
    default:
      return undefined;
  }
}

/** Reserved signs alone can be escaped. */
function escapeAt(text: string, at: number): Found | undefined {
  const next = text.charAt(at + 1);
  return next !== '' && RESERVED.includes(next) ? { shown: next, end: at + 2 } : undefined;
}

function templateAt(text: string, at: number): Found | undefined {
  const head = TEMPLATE_HEAD.exec(text.slice(at));
  if (!head) return undefined;
  let shown = head[1] === '＃' ? '＃' : '#';
  for (let next = at + head[0].length; next < text.length;) {
    if (text.charAt(next) === '}') return { shown, end: next + 1 };
    const sign = text.charAt(next);
    const found =
      sign === '\\' ? escapeAt(text, next) : RESERVED.includes(sign) ? undefined : { shown: sign, end: next + 1 };
    if (!found) return undefined;
    shown += found.shown;
    next = found.end;
  }
  return undefined;
}

function mentionAt(text: string, at: number): Found | undefined {
  const [whole, name] = MENTION.exec(text.slice(at)) ?? [];
  if (whole === undefined || name === undefined) return undefined;
  return { shown: name.replace(/\\(.)/gu, '$1'), end: at + whole.length };
}

function hashtagAt(text: string, at: number): Found | undefined {
  const [whole] = HASHTAG.exec(text.slice(at)) ?? [];
  return whole === undefined ? undefined : { shown: whole, end: at + whole.length };
}
