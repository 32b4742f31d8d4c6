/** The largest JSON body, in bytes. Uploads are streamed and have limits of their own. */
export const JSON_LIMIT_BYTES = 1024 * 1024;
