import { type RequestHandler } from 'express';

/** Where networks look: at the domain itself, and below the addresses of files for networks that fetch them. */
const FOLDERS = ['/', '/media/'] as const;

/**
 * Serves the small files by which networks see that an address belongs to whoever runs the installation. An address is one of
 * these or it is not: nothing is decoded or looked up on a disk. Always as text, whatever the name says, so that no browser
 * takes one for a page.
 *
 * TikTok: https://developers.tiktok.com/doc/set-up-development-configuration (a file of a prefix lies at that prefix);
 * Google: https://support.google.com/webmasters/answer/9008080#html_verification
 * @param files what each says, by its name
 */
export function serveVerificationFiles(files: ReadonlyMap<string, string>): RequestHandler {
  const contents = new Map(
    [...files].flatMap(([name, text]) => FOLDERS.map((folder) => [folder + name, text] as const)),
  );
  return (request, response, next) => {
    const content = contents.get(request.path);
    if (content === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return next();
    response
      .set({
        'Cache-Control': 'no-cache',
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'X-Robots-Tag': 'noindex',
      })
      .type('text/plain')
      .send(content);
  };
}
