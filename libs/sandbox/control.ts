import { createHash, timingSafeEqual } from 'node:crypto';
import { type NextFunction, type Request, type Response, Router } from 'express';
import { isJsonObject, type Json, type JsonObject } from '#platforms/core';
import { type Fault, FAULT_KINDS } from './faults.js';
import { type Sandbox } from './sandbox.js';

const OPERATIONS = ['connect', 'prepare', 'commit', 'read', 'remove', 'page'] as const;

/** The fault controls and the ground truth over HTTP, for whoever has the token. */
export function controlRouter(sandbox: Sandbox, token: string): Router {
  const router = Router();
  router.use(demand(token));
  router
    .route('/faults')
    .get((_req, res) => void res.json({ data: sandbox.faults.list() }))
    .post((req, res) => {
      const fault = parseFault(req.body as unknown);
      if (typeof fault === 'string') res.status(422).json({ error: 'invalid-fault', message: fault });
      else res.status(201).json(sandbox.faults.add(fault));
    })
    .delete((_req, res) => {
      sandbox.faults.clear();
      res.status(204).end();
    });
  router.get('/requests', (req, res) => void res.json({ data: sandbox.requests(queryText(req, 'platform')) }));
  router.get('/visible', (req, res) => {
    res.json({ data: sandbox.visible(queryText(req, 'platform'), queryText(req, 'account')) });
  });
  router.post('/reset', (_req, res) => {
    sandbox.reset();
    res.status(204).end();
  });
  return router;
}

/** One text of the query; undefined when it is missing or given more than once. */
export function queryText(req: Request, name: string): string | undefined {
  const value = req.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function demand(token: string) {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const expected = digest(`Bearer ${token}`);
  return (req: Request, res: Response, next: NextFunction) => {
    if (timingSafeEqual(digest(req.headers.authorization ?? ''), expected)) return next();
    res
      .status(401)
      .set('www-authenticate', 'Bearer')
      .json({ error: 'control-token', message: 'The controls need "Authorization: Bearer <control token>".' });
  };
}

/** The fault, or what is wrong with it. */
function parseFault(body: unknown): Fault | string {
  if (!isJsonObject(body)) return 'The body must be a JSON object.';
  const kind = FAULT_KINDS.find((known) => known === body['kind']);
  if (!kind) return `"kind" must be one of ${FAULT_KINDS.join(', ')}.`;
  const operation = OPERATIONS.find((known) => known === body['operation']);
  if (!operation) return `"operation" must be one of ${OPERATIONS.join(', ')}.`;
  const problem = optionalProblem(body);
  if (problem !== undefined) return problem;
  const { platform, times, match, delayMs, retryAfterSeconds, probability, seed } = body as JsonObject & Fault;
  const optional = { platform, times, match, delayMs, retryAfterSeconds, probability, seed };
  const given = Object.entries(optional).filter(([, value]) => value !== undefined);
  return { kind, operation, ...Object.fromEntries(given) };
}

function optionalProblem(body: JsonObject): string | undefined {
  const text = (value: Json) => typeof value === 'string';
  const natural = (value: Json) => Number.isInteger(value) && Number(value) >= 0;
  const rules: [string, (value: Json) => boolean, string][] = [
    ['platform', text, 'a text'],
    ['match', text, 'a text'],
    ['times', (value) => natural(value) && value !== 0, 'a whole number above 0'],
    ['delayMs', natural, 'a number of milliseconds'],
    ['retryAfterSeconds', natural, 'a number of seconds'],
    ['probability', (value) => typeof value === 'number' && value >= 0 && value <= 1, 'a number from 0 to 1'],
    ['seed', (value) => Number.isInteger(value), 'a whole number'],
  ];
  const broken = rules.find(([name, fits]) => body[name] !== undefined && !fits(body[name]));
  return broken && `"${broken[0]}" must be ${broken[2]}.`;
}
