import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { type Request, type Response, Router } from 'express';
import {
  holdsText,
  type PlatformSandbox,
  type RefusalKind,
  type SandboxAnswer,
  type SandboxRequest,
  type SandboxRoute,
} from '#platforms/core';
import { receive } from './body.js';
import { type Fault, type Faults } from './faults.js';
import { type Folder } from './folder.js';
import { Incoming } from './incoming.js';
import { type RequestLog, type RequestRecord } from './requests.js';
import { type SandboxLogger } from './sandbox.js';
import { type World } from './world.js';

/** The request that is being handled: what becomes visible meanwhile was made so by it, and what is fetched goes with it. */
export const currentRequest = new AsyncLocalStorage<{ record: RequestRecord; incoming: Incoming }>();

/** What all platforms of one sandbox share. */
export interface ServeContext {
  faults: Faults;
  requests: RequestLog;
  logger: SandboxLogger;
  folder: Folder;
  now: () => Date;
  /** Aborted when the sandbox closes; ends every wait. */
  closing: AbortSignal;
}

/** A router with the platform's routes, every answer subject to the faults. */
export function platformRouter(id: string, sandbox: PlatformSandbox, world: World, context: ServeContext): Router {
  const router = Router();
  for (const route of sandbox.routes(world)) {
    const method = route.method.toLowerCase() as Lowercase<SandboxRoute['method']>;
    router[method](route.path, async (req, res) => {
      const incoming = new Incoming(context.folder);
      try {
        const received = await receive(req, world.baseUrl, incoming);
        await new Exchange({ platform: id, sandbox, route, ...received, incoming }, req, res, context).serve();
      } finally {
        incoming.discard();
      }
    });
  }
  return router;
}

interface Asked {
  platform: string;
  sandbox: PlatformSandbox;
  route: SandboxRoute;
  request: SandboxRequest;
  /** Of its body. */
  bytes: number;
  incoming: Incoming;
}

/** One request and what becomes of it. */
class Exchange {
  private readonly record: RequestRecord;

  constructor(
    private readonly asked: Asked,
    private readonly req: Request,
    private readonly res: Response,
    private readonly context: ServeContext,
  ) {
    const { platform, route, request, bytes } = asked;
    const { operation } = route;
    this.record = context.requests.begin({
      platform,
      operation: typeof operation === 'function' ? operation(request) : operation,
      method: request.method,
      path: request.path,
      at: context.now().toISOString(),
      bytes,
      delivered: false,
      shown: [],
    });
  }

  async serve(): Promise<void> {
    const holds = (words: string) => isIn(words, this.req.originalUrl, this.asked.request);
    const fault = this.context.faults.take(this.asked.platform, this.record.operation, holds);
    if (!fault) return this.send(await this.handle());
    this.record.fault = fault.kind;
    await this.misbehave(fault);
  }

  private async misbehave(fault: Fault): Promise<void> {
    switch (fault.kind) {
      case 'refuse-auth':
        return this.refuse('auth', fault);
      case 'refuse-rate-limit':
        return this.refuse('rate-limit', fault);
      case 'refuse-unavailable':
        return this.refuse('unavailable', fault);
      case 'refuse-bad-request':
        return this.refuse('bad-request', fault);
      case 'refuse-content':
        return this.refuse('content', fault);
      case 'timeout':
        return; // The connection stays open until the other side gives up or the sandbox closes.
      case 'reset':
        return this.reset();
      case 'accept-then-timeout':
        await this.handle();
        return;
      case 'accept-then-reset':
        await this.handle();
        return this.reset();
      case 'accept-then-error':
        await this.handle();
        return this.refuse('bad-request', fault);
      case 'accept-then-unavailable':
        await this.handle();
        return this.refuse('unavailable', fault);
      case 'apply-late':
        this.reset();
        if (await this.wait(fault)) await this.handle();
        return;
      case 'nonsense':
        await this.handle();
        return this.send({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>It works!</html>' });
      case 'slow':
        if (await this.wait(fault)) this.send(await this.handle());
    }
  }

  /** Runs the platform's own handler. A throw in it is a fault of the sandbox, not of the one who asked. */
  private async handle(): Promise<SandboxAnswer> {
    const { platform, route, request, incoming } = this.asked;
    let answer: SandboxAnswer;
    try {
      answer = await currentRequest.run({ record: this.record, incoming }, async () => route.handle(request));
    } catch (error) {
      this.context.logger.error({ err: error, platform, path: request.path }, 'Sandbox handler threw');
      answer = {
        status: 500,
        body: { error: 'sandbox-bug', message: `The practice network of ${platform} has a bug.` },
      };
    }
    this.context.requests.update(this.record, { status: answer.status });
    return answer;
  }

  private refuse(kind: RefusalKind, fault: Fault): void {
    this.send(this.asked.sandbox.refusal(kind, fault.retryAfterSeconds));
  }

  private send({ status, headers = {}, body }: SandboxAnswer): void {
    if (this.res.destroyed) return this.context.requests.update(this.record, { status });
    this.res.status(status).set('x-content-type-options', 'nosniff').set(headers);
    // Said before the bytes leave, so that whoever has the answer finds it recorded.
    this.context.requests.update(this.record, { status, delivered: true });
    if (body === undefined) this.res.end();
    else if (body instanceof Uint8Array) this.res.end(body);
    else if (typeof body === 'string') {
      if (!this.res.hasHeader('content-type')) this.res.type('text/plain');
      this.res.end(body);
    } else this.res.json(body);
  }

  private reset(): void {
    this.req.socket.resetAndDestroy();
  }

  /** Whether the wait came to its end; false when the sandbox closes first. */
  private async wait(fault: Fault): Promise<boolean> {
    await delay(fault.delayMs ?? 0, undefined, { signal: this.context.closing }).catch(() => undefined);
    return !this.context.closing.aborted;
  }
}

/** Whether an address or a body holds these words; of a multipart body its fields and files. */
function isIn(words: string, address: string, request: SandboxRequest): boolean {
  const { body, files, form } = request;
  const fields = Object.keys(form).flatMap((name) => [name, ...request.formAll(name)]);
  return (
    [address, ...fields].some((text) => text.includes(words)) || [body, ...files].some((file) => holdsText(words, file))
  );
}
