import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { styleNonce } from '../http/index.js';

/** Where a build puts the web: beside the code that runs. Run from its source, the API has none there. */
export const BUILT_WEB = fileURLToPath(new URL('../../../../web', import.meta.url));

const INDEX = 'index.html';
/** What the page says in place of the nonce, which is another one each time. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** Belongs to the API: whatever is not there is a problem, and no page. */
const API_PATHS = /^\/(v1|docs|health|media|metrics|outbox|deletion)(\/|$)/i;
/** Known to whoever was sent the address: no search engine lists it. */
const UNLISTED_PATHS = /^\/(review|invitation)\//i;
/** Built files have the hash of their content in their name: what is not there was never a page. */
const ASSET_PATHS = /^\/assets(\/|$)/i;
/** The names that a build gives; no segment begins with a dot. */
const ASSET_FILE = /^\/assets(\/[\w-][\w.-]*)+$/;

/** Compressed versions that a build may have put beside a file, the smaller first. */
const ENCODINGS = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const;

/**
 * Serves the web from its folder: its files, and its page for every other address that a person opens, since the web finds
 * its way by itself. What belongs to the API passes through. Undefined where the folder holds no built web.
 */
export function serveWeb(folder: string, https: boolean): RequestHandler[] | undefined {
  if (!existsSync(join(folder, INDEX))) return undefined;
  const page = servePage(folder, https);
  const files = express.static(folder, {
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: (response) => {
      // One that was set already is that of an asset.
      if (!response.hasHeader('Cache-Control')) response.setHeader('Cache-Control', 'no-cache');
    },
  });
  return [serveAsset(folder), page.root, only(files), page.fallback];
}

/** Leaves alone what is not for the web: other methods than reading, and what belongs to the API. */
function only(handler: RequestHandler): RequestHandler {
  return (request, response, next) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (reads && !API_PATHS.test(request.path)) void handler(request, response, next);
    else next();
  };
}

/** Files that never change, compressed where the build did so and the client can read it. */
function serveAsset(folder: string): RequestHandler {
  const files = express.static(folder, { index: false, redirect: false, cacheControl: false });
  const serve = async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const { path } = request;
    if (!ASSET_FILE.test(path) || !(await isFile(join(folder, path)))) return next();
    response.set('Cache-Control', 'public, max-age=31536000, immutable').vary('Accept-Encoding');
    for (const { name, ending } of ENCODINGS) {
      if (!request.acceptsEncodings(name) || !(await isFile(join(folder, path + ending)))) continue;
      response.type(extname(path)).set('Content-Encoding', name);
      return response.sendFile(path.slice(1) + ending, { root: folder, cacheControl: false });
    }
    files(request, response, next);
  };
  return only((request, response, next) => void serve(request, response, next).catch(next));
}

/** The page, at its own address and in place of everything else that a browser opens. */
function servePage(folder: string, https: boolean): { root: RequestHandler; fallback: RequestHandler } {
  const send = async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    // Read each time: a new build is shown at once, with the names of its own files.
    const html = await readFile(join(folder, INDEX), 'utf8');
    const nonce = randomBytes(18).toString('base64url');
    styleNonce(https, nonce)(request, response, (error?: unknown) => {
      if (error) return next(error);
      if (UNLISTED_PATHS.test(request.path)) response.set('X-Robots-Tag', 'noindex');
      response.set('Cache-Control', 'no-cache').type('html').send(html.replaceAll(NONCE_PLACEHOLDER, nonce));
    });
  };
  const page: RequestHandler = (request, response, next) => void send(request, response, next).catch(next);
  return {
    root: only((request, response, next) => {
      if (request.path === '/' || request.path === `/${INDEX}`) page(request, response, next);
      else next();
    }),
    fallback: only((request, response, next) => {
      if (ASSET_PATHS.test(request.path) || !isForPeople(request)) return next();
      response.vary('Accept');
      page(request, response, next);
    }),
  };
}

/** Browsers ask for a page by its type; programs, which take anything, are better served with a 404. */
function isForPeople(request: Request): boolean {
  return request.accepts(['application/json', 'text/html']) === 'text/html';
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  return found?.isFile() ?? false;
}
