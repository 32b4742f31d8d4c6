const WORDS: Readonly<Record<string, string>> = {
  ERR_OUTBOUND_TIMEOUT: 'No answer came in time.',
  ETIMEDOUT: 'No answer came in time.',
  UND_ERR_SOCKET: 'The connection was cut.',
  ECONNRESET: 'The connection was cut.',
  EPIPE: 'The connection was cut.',
  ECONNREFUSED: 'The connection was refused.',
  ENOTFOUND: 'The address was not found.',
  EAI_AGAIN: 'The address could not be looked up.',
};

/** What became of a connection, where that and no words of the platform is all that came back. */
export function connectionWords(message: string): string | undefined {
  return Object.hasOwn(WORDS, message) ? WORDS[message] : undefined;
}
