import { parseJson } from '#platforms/core';
import { type Exchange } from './ear.js';

/** The type of a body, without its parameters. */
export function mediaTypeOf(headers: Readonly<Record<string, string>>): string | undefined {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase();
}

/** What a request says, as JSON would say it: fields of forms are texts, and files the word for one. */
export function bodyOf({ headers, body }: Pick<Exchange, 'headers' | 'body'>): unknown {
  switch (mediaTypeOf(headers)) {
    case 'application/json':
      return parseJson(body.toString('utf8'));
    case 'application/x-www-form-urlencoded':
      return fieldsOf([...new URLSearchParams(body.toString('utf8'))]);
    case 'multipart/form-data':
      return fieldsOf(partsOf(body, headers['content-type'] ?? ''));
    default:
      return body.toString('latin1');
  }
}

function fieldsOf(fields: readonly (readonly [string, string])[]): Record<string, string | string[]> {
  const names = [...new Set(fields.map(([name]) => name))];
  return Object.fromEntries(
    names.map((name) => {
      const values = fields.flatMap(([other, value]) => (other === name ? [value] : []));
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

/** https://www.rfc-editor.org/rfc/rfc7578 */
function partsOf(body: Buffer, contentType: string): [string, string][] {
  const boundary = /boundary="?([^";]+)/.exec(contentType)?.[1] ?? '';
  const parts = body.toString('latin1').split(`--${boundary}`).slice(1, -1);
  return parts.map((part) => {
    const [head = '', ...rest] = part.split('\r\n\r\n');
    const name = /name="([^"]*)"/.exec(head)?.[1] ?? '';
    return [name, /filename="/.test(head) ? '(a file)' : rest.join('\r\n\r\n').replace(/\r\n$/, '')];
  });
}
