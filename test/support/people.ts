import { type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import sharp from 'sharp';

/**
 * Agrees on a practice consent page as a browser would send its form, and returns the address of the app that it leads back to.
 * @param person who signs in; whoever the page names where left out
 * @param without values of boxes that are switched off: permissions, Pages
 */
export async function consent(dialogUrl: string, person?: string, without: readonly string[] = []): Promise<URL> {
  const origin = new URL(dialogUrl).origin;
  let url = new URL(dialogUrl);
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const shown = await fetch(url, { redirect: 'manual' });
    const text = await shown.text();
    const answer = isRedirect(shown) ? shown : await submit(url, text, person, without);
    const to = answer.headers.get('location');
    if (to === null) throw new Error(`${url.pathname} answered ${answer.status}: ${await textOf(answer, text)}`);
    url = new URL(to, url);
    if (url.origin !== origin) return url;
  }
  throw new Error(`${dialogUrl} leads nowhere.`);
}

/** A consent page may send somebody to a page for signing in first, and to a second one behind it. */
const MOST_PAGES = 4;

function submit(url: URL, page: string, person: string | undefined, without: readonly string[]): Promise<Response> {
  const form = /<form\b[^>]*>[\s\S]*?<\/form>/.exec(page)?.[0];
  if (form === undefined) throw new Error(`${url.href} shows no form: ${page}`);
  const body = new URLSearchParams();
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const [type, name, value] = [
      attribute(tag, 'type') ?? 'text',
      attribute(tag, 'name'),
      attribute(tag, 'value') ?? '',
    ];
    const isOff = /^(checkbox|radio)$/.test(type) && (!/\schecked\b/.test(tag) || without.includes(value));
    if (name === undefined || isOff) continue;
    body.append(name, name === 'person' && person !== undefined ? person : value);
  }
  const button = /<button\b[^>]*>/.exec(form)?.[0] ?? '';
  const name = attribute(button, 'name');
  if (name !== undefined) body.append(name, attribute(button, 'value') ?? '');
  const action = attribute(/<form\b[^>]*>/.exec(form)?.[0] ?? '', 'action');
  return fetch(action === undefined ? url : new URL(action, url), { method: 'POST', body, redirect: 'manual' });
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`)
    .exec(tag)?.[1]
    ?.replace(/&(amp|lt|gt|quot|#39);/g, (_, entity: string) => ENTITIES[entity] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function isRedirect({ status }: Response): boolean {
  return status >= 300 && status < 400;
}

async function textOf(answer: Response, page: string): Promise<string> {
  return answer.bodyUsed ? page : answer.text();
}

/** The request of somebody who uploads a small picture. */
export async function pictureUpload(): Promise<IncomingMessage> {
  const background = { r: 30, g: 120, b: 200 };
  const png = await sharp({ create: { width: 64, height: 64, channels: 3, background } })
    .png()
    .toBuffer();
  const body = new FormData();
  body.set('file', new Blob([new Uint8Array(png)], { type: 'image/png' }), 'picture.png');
  const form = new Request('http://127.0.0.1/', { method: 'POST', body });
  const stream = Readable.from([Buffer.from(await form.arrayBuffer())]);
  return Object.assign(stream, { headers: Object.fromEntries(form.headers) }) as unknown as IncomingMessage;
}
