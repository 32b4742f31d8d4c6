const REDACTED = '[redacted]';

/** Numbers, and words as in `com.atproto.repo.createRecord` or `media_publish`, are worth reading and no secrets. */
const HARMLESS = /^(?:\d[\d_]{0,40}|[A-Za-z]{1,16}(?:[._-][A-Za-z]{1,16})*)$/;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const MIN_SECRET_LENGTH = 12;
/** Telegram puts the bot's token into the path: https://core.telegram.org/bots/api#making-requests */
const TELEGRAM_BOT = /^bot\d+(:|%3a)/i;

/**
 * A path fit for a log: segments that look like secrets (the token of a Discord or Telegram address, long hex or base64) and
 * all values of the query are left out.
 * @param target path and query, as in a request line
 * @param keepIds leaves UUIDs in, where they are known to be our own ids
 */
export function redactPath(target: string, { keepIds = false } = {}): string {
  const [path = '', query] = target.split(/[?#]/, 2);
  const segments = path.split('/').map((segment) => (keepIds && UUID.test(segment) ? segment : redactWord(segment)));
  return segments.join('/') + (query ? `?${redactQuery(query)}` : '');
}

/** A word of a path, a header or an answer, unless it looks like a secret. */
export function redactWord(word: string): string {
  const secret = TELEGRAM_BOT.test(word) || (word.length >= MIN_SECRET_LENGTH && !HARMLESS.test(word));
  return secret ? REDACTED : word;
}

function redactQuery(query: string): string {
  const pairs = query.split('&').map((pair) => {
    const at = pair.indexOf('=');
    // Without "=" the whole of it is a value.
    return at < 1 ? REDACTED : `${redactWord(pair.slice(0, at))}=${REDACTED}`;
  });
  return pairs.join('&');
}
