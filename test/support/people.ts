import { type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import sharp from 'sharp';

/** Agrees to everything on a practice consent page, and returns the address that it leads back to. */
export async function consent(dialogUrl: string, person: string): Promise<URL> {
  const dialog = await (await fetch(dialogUrl)).text();
  const body = new URLSearchParams({ decision: 'continue', person });
  for (const [, name = '', value = ''] of dialog.matchAll(/type="checkbox" name="(page|scope)" value="([^"]*)"/g)) {
    body.append(name, value.replaceAll('&amp;', '&'));
  }
  const answer = await fetch(dialogUrl, { method: 'POST', body, redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '');
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
