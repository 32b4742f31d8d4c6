import { type Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { type RequestHandler } from 'express';
import { createLogger, type Kernel, type Logger, NestLogger, requestLog, withRequestScope } from '#kernel';
import { type PlatformRegistry } from '#platforms';
import { ApiModule, type Modules } from './api.module.js';
import { Authentication } from './auth/authentication.js';
import { CALLBACK_PATH, rawCallbackBody } from './callbacks/raw-body.js';
import { HomeModule } from './home/home.module.js';
import {
  answerUnreadable,
  JSON_LIMIT_BYTES,
  ProblemFilter,
  rateLimit,
  refuseCrossSite,
  refuseDeepNesting,
  refuseKeyAtSignIn,
  securityHeaders,
  serveDocumentation,
  validationPipe,
} from './http/index.js';
import { serveVerificationFiles } from './verification/verification-files.js';
import { BUILT_WEB, serveWeb } from './web/serve-web.js';

export interface ApiOptions {
  kernel: Kernel;
  platforms: PlatformRegistry;
  /** Resources beside those that every installation has. */
  modules?: Modules;
  /** The folder of the built web. Where it holds none, a small page greets in its place. */
  webRoot?: string;
  /** The process's; one is made from the configuration where it is left out. */
  logger?: Logger;
}

/** Builds the API. It listens once the caller says `listen`; the kernel stays the caller's, who closes it afterwards. */
export async function createApi({
  kernel,
  platforms,
  modules = [],
  webRoot = BUILT_WEB,
  logger = createLogger(kernel.config),
}: ApiOptions): Promise<NestExpressApplication> {
  const { config } = kernel;
  const https = config.publicUrl.startsWith('https:');
  const web = serveWeb(webRoot, https);
  const all = web ? modules : [HomeModule, ...modules];
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.forRoot(kernel, platforms, all), {
    bodyParser: false,
    abortOnError: false,
    logger: new NestLogger(logger),
  });
  app.set('trust proxy', config.trustProxy);
  // Express would give every answer a weak tag; ours are strong, and stand for a version.
  app.set('etag', false);
  app.disable('x-powered-by');
  app.use(requestLog(logger) as RequestHandler, securityHeaders(https));
  app.use('/v1', scoped, neverStored, refuseCrossSite(config.publicUrl), ...app.get(Authentication).middleware());
  app.use('/v1', refuseKeyAtSignIn);
  if (config.rateLimit !== null) app.use('/v1', rateLimit(config.rateLimit));
  app.use(serveVerificationFiles(config.verificationFiles));
  if (web) app.use(...web);
  app.use(CALLBACK_PATH, rawCallbackBody);
  app.useBodyParser('json', { limit: JSON_LIMIT_BYTES });
  app.use(refuseDeepNesting);
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
  serveDocumentation(app, https);
  patientWithUploads(app.getHttpServer());
  answerUnreadable(app.getHttpServer());
  return app;
}

/** A connection on which nothing moves for so long is given up. */
const SILENT_MS = 5 * 60_000;

/** A large file on a slow line takes hours. Node would end every request after five minutes, however well it goes on. */
function patientWithUploads(server: Server): void {
  server.requestTimeout = 0;
  server.setTimeout(SILENT_MS);
}

/** What a request sees is decided by the guard of its route; until then it is being found out who asks. */
const scoped: RequestHandler = (_request, _response, next) => withRequestScope(next);

/** What the API says is of this moment and often private. */
const neverStored: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};
