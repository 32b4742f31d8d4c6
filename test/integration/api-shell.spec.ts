import { Body, Controller, Get, Module, Param, Post, Put } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Type } from 'class-transformer';
import { ArrayMinSize, IsArray, IsString, MinLength, ValidateNested } from 'class-validator';
import { type Application } from 'express';
import request from 'supertest';
import { type IdempotencyClaim, Problem } from '#kernel';
import { PlatformRegistry } from '#platforms';
import { type Platform } from '#platforms/core';
import { May } from '../../apps/api/src/access/index.js';
import { Public } from '../../apps/api/src/auth/index.js';
import { Claim, etagOf, IdPipe, IfMatch, registeredRoutes } from '../../apps/api/src/http/index.js';
import { startTestApi, type TestAccount, type TestApi } from '../support/api.js';

class Part {
  @IsString()
  @MinLength(2)
  text: string;
}

class Whole {
  @ValidateNested()
  @Type(() => Part)
  content: Part;

  @IsArray()
  @ArrayMinSize(1)
  @ValidateNested({ each: true })
  @Type(() => Part)
  parts: Part[];
}

@ApiExcludeController()
@Controller('v1/probe')
class ProbeController {
  @Post('validated')
  @May('organization.read')
  validated(@Body() body: Whole) {
    return body;
  }

  @Public()
  @Get('crash')
  crash() {
    throw new Error('password=hunter2');
  }

  @Public()
  @Get('busy')
  busy() {
    throw Problem.tooManyRequests(7);
  }

  @Put('versioned/:id')
  @May('organization.read')
  versioned(@Param('id', IdPipe) id: string, @IfMatch() version: number) {
    return { id, version };
  }

  @Post('claimed')
  @May('organization.read')
  claimed(@Claim() claim: IdempotencyClaim | undefined) {
    return { claim };
  }
}

@Module({ controllers: [ProbeController] })
class ProbeModule {}

const manifest = {
  id: 'probe',
  name: 'Probe',
  connect: { type: 'credentials', fields: [] },
  limits: { media: { maxCount: 0 } },
  practiceCredentials: { service: '{sandbox}/probe', user: 'someone' },
};
const platform = { adapter: { manifest } } as unknown as Platform;

describe('the shell of the API', () => {
  let api: TestApi;
  let account: TestAccount;
  beforeAll(async () => {
    api = await startTestApi({
      platforms: new PlatformRegistry([platform]),
      modules: [ProbeModule],
      env: { SANDBOX: 'on', SANDBOX_URL: 'http://127.0.0.1:4999', PUBLIC_URL: 'http://clickpost.example' },
    });
    account = await api.signUp();
  });
  afterAll(() => api?.close());

  const anonymous = () => request(api.url);

  describe('answers problems', () => {
    const expectProblem = (answer: request.Response, status: number, slug: string) => {
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(answer.status).toBe(status);
      expect(answer.body).toMatchObject({
        type: `urn:clickpost:problem:${slug}`,
        title: expect.any(String),
        status,
        detail: expect.any(String),
        instance: expect.any(String),
      });
    };

    it('to whoever has not signed in, and says how to', async () => {
      const answer = await anonymous().get('/v1/workspaces');
      expectProblem(answer, 401, 'unauthorized');
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="ClickPost"');
    });

    it('naming every broken rule by its path, with a remedy', async () => {
      const answer = await account.agent
        .post('/v1/probe/validated')
        .send({ content: { text: 'x' }, parts: [{ text: 'ok' }, {}], surplus: 1 });
      expectProblem(answer, 422, 'validation-failed');
      expect(answer.body.errors).toEqual(
        expect.arrayContaining([
          { field: 'content/text', rule: 'minLength', message: expect.any(String), remedy: 'Make it longer.' },
          { field: 'parts/1/text', rule: 'isDefined', message: expect.any(String), remedy: 'Send this field.' },
          expect.objectContaining({ field: 'surplus', rule: 'whitelistValidation' }),
        ]),
      );
      expect(answer.body.errors).toHaveLength(3);
    });

    it.each([['[]'], ['{}']])('to a body of %s', async (body) => {
      const answer = await account.agent.post('/v1/probe/validated').type('json').send(body);
      expectProblem(answer, 422, 'validation-failed');
    });

    it('to JSON that cannot be read', async () => {
      const answer = await account.agent.post('/v1/workspaces').type('json').send('{"name": ');
      expectProblem(answer, 400, 'malformed-request');
    });

    it('to a text that cannot be stored', async () => {
      const answer = await account.agent.post('/v1/workspaces').send({ name: 'zero \u0000 inside' });
      expectProblem(answer, 400, 'malformed-request');
      expect(answer.body.detail).toContain('NUL');
    });

    it('to a body beyond the limit', async () => {
      const answer = await account.agent.post('/v1/workspaces').send({ name: 'x'.repeat(1024 * 1024) });
      expectProblem(answer, 413, 'payload-too-large');
      expect(answer.body.maxBytes).toBe(1024 * 1024);
    });

    it('to an unknown address', async () => {
      const answer = await anonymous().get('/v1/nothing/here?token=secret');
      expectProblem(answer, 404, 'not-found');
      expect(answer.text).not.toContain('secret');
    });

    it('to a method that the address does not know', async () => {
      const answer = await account.agent.put('/v1/workspaces').send({});
      expectProblem(answer, 405, 'method-not-allowed');
      expect(answer.headers['allow']).toBe('GET, POST');
    });

    it('to an id that cannot exist', async () => {
      expectProblem(await account.agent.get('/v1/workspaces/not-an-id'), 404, 'not-found');
    });

    it('to a path that cannot be decoded', async () => {
      expectProblem(await account.agent.get('/v1/workspaces/%FF'), 400, 'malformed-request');
    });

    it('to a cursor that is not ours', async () => {
      const answer = await account.agent.get('/v1/workspaces').query({ cursor: 'WzEsMl0' });
      expectProblem(answer, 422, 'validation-failed');
      expect(answer.body.errors).toMatchObject([{ field: 'cursor', remedy: expect.any(String) }]);
    });

    it.each(['0', '101', 'many'])('to a limit of %s', async (limit) => {
      const answer = await account.agent.get('/v1/workspaces').query({ limit });
      expectProblem(answer, 422, 'validation-failed');
      expect(answer.body.errors[0].field).toBe('limit');
    });

    it('with the time to come back', async () => {
      const answer = await anonymous().get('/v1/probe/busy');
      expectProblem(answer, 429, 'too-many-requests');
      expect(answer.headers['retry-after']).toBe('7');
    });

    it('without a word of what broke inside, but with the request id', async () => {
      const answer = await anonymous().get('/v1/probe/crash').set('X-Request-Id', 'request-of-mine');
      expectProblem(answer, 500, 'internal');
      expect(answer.text).not.toContain('hunter2');
      expect(answer.body.requestId).toBe('request-of-mine');
      expect(answer.headers['x-request-id']).toBe('request-of-mine');
    });
  });

  describe('refuses changes from other sites', () => {
    const change = () => account.agent.post('/v1/probe/claimed');
    it.each([
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' },
      { 'Sec-Fetch-Site': 'same-site', Origin: 'http://other.clickpost.example' },
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
    ])('%j', async (headers) => {
      const { body } = await change().set(headers).expect(403);
      expect(body).toMatchObject({ type: 'urn:clickpost:problem:forbidden' });
      expect(body.detail).toContain('http://clickpost.example');
    });

    it.each([
      { 'Sec-Fetch-Site': 'same-origin' },
      { 'Sec-Fetch-Site': 'none' },
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'http://clickpost.example' },
      {},
    ])('but not %j', async (headers) => {
      await change().set(headers).expect(201);
    });

    it('nor the address that it is reached by', async () => {
      await change().set('Origin', api.url).expect(201);
    });

    it('nor a request with an API key, which no browser adds by itself', async () => {
      await anonymous()
        .post('/v1/probe/claimed')
        .set({ Authorization: `Bearer ${account.apiKey}`, 'Sec-Fetch-Site': 'cross-site', Origin: 'https://a.example' })
        .expect(201);
    });

    it('and takes no cookie beside a wrong key', async () => {
      await account.agent.post('/v1/probe/claimed').set('Authorization', 'Bearer wrong').expect(401);
    });
  });

  describe('versions', () => {
    const id = '0197a1b2-0000-7000-8000-000000000001';
    it('are strong tags', async () => {
      expect(etagOf(3)).toBe('"3"');
      const { body } = await account.agent.put(`/v1/probe/versioned/${id}`).set('If-Match', '"3"').expect(200);
      expect(body).toEqual({ id, version: 3 });
    });
    it('must be named', async () => {
      await account.agent.put(`/v1/probe/versioned/${id}`).expect(428);
    });
    it.each(['*', 'W/"3"', '3', '"x"', '"3", "4"', '"0"'])('are not %s', async (tag) => {
      await account.agent.put(`/v1/probe/versioned/${id}`).set('If-Match', tag).expect(412);
    });
  });

  describe('idempotency', () => {
    it('claims a key for tenant, address and body', async () => {
      const claim = async (body: object) =>
        (await account.agent.post('/v1/probe/claimed').set('Idempotency-Key', 'k').send(body).expect(201)).body.claim;
      const one = await claim({ a: 1, b: 2 });
      expect(one).toMatchObject({ organizationId: account.organizationId, key: 'k', route: 'POST /v1/probe/claimed' });
      expect(await claim({ b: 2, a: 1 })).toEqual(one);
      expect((await claim({ a: 1 })).requestHash).not.toBe(one.requestHash);
    });

    it('creates once, and refuses the key for something else', async () => {
      const create = (name: string) =>
        account.agent.post('/v1/workspaces').set('Idempotency-Key', 'workspace').send({ name });
      const first = await create('Once').expect(201);
      const again = await create('Once').expect(201);
      expect(again.body).toEqual(first.body);
      const other = await create('Other').expect(409);
      expect(other.body.errors).toMatchObject([{ field: 'Idempotency-Key', remedy: expect.any(String) }]);
    });
  });

  it('serves manifests with the accounts to practise with', async () => {
    const { body } = await account.agent.get('/v1/platforms').expect(200);
    expect(body.data).toEqual([
      {
        ...manifest,
        practice: { available: true, credentials: { service: 'http://127.0.0.1:4999/probe', user: 'someone' } },
      },
    ]);
  });

  it('tells whether it is well', async () => {
    await anonymous().get('/health/live').expect(200, { status: 'ok' });
    await anonymous().get('/health/ready').expect(200, { status: 'ok' });
  });

  it('gives measurements to this machine, not to those a proxy speaks for', async () => {
    const { text } = await anonymous().get('/metrics').expect(200);
    expect(text).toContain('process_resident_memory_bytes');
    await anonymous().get('/metrics').set('X-Forwarded-For', '203.0.113.9').expect(403);
  });

  it('greets at / without loading or running anything from elsewhere', async () => {
    const { text, headers } = await anonymous().get('/').expect(200).expect('content-type', /html/);
    expect(text).toContain('href="/docs"');
    expect(text).toContain('href="http://127.0.0.1:4999"');
    expect(text).not.toContain('<script');
    expect(headers['content-security-policy']).toContain("script-src 'self';");
  });

  it('lets nothing be stored or framed', async () => {
    const { headers } = await account.agent.get('/v1/me').expect(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['etag']).toBeUndefined();
  });

  describe('documents itself', () => {
    type Operation = {
      operationId: string;
      parameters?: { name: string; in: string; required: boolean }[];
      responses: Record<string, unknown>;
      security?: object[];
    };
    type Document = {
      openapi: string;
      paths: Record<string, Record<string, Operation>>;
      components: { schemas: Record<string, object>; securitySchemes: object };
    };
    let document: Document;
    beforeAll(async () => {
      document = (await anonymous().get('/v1/openapi.json').expect(200)).body;
    });

    const BASE = 'https://clickpost.example/openapi';
    const schemas = () => {
      const ajv = new Ajv2020({ strict: false });
      addFormats.default(ajv);
      return ajv.addSchema({ $id: BASE, components: document.components });
    };
    const operations = () =>
      Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
      );

    it('in OpenAPI 3.1, with schemas that are JSON Schema and references that lead somewhere', () => {
      expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'ClickPost', version: expect.any(String) } });
      expect(document.components.securitySchemes).toMatchObject({
        cookie: { type: 'apiKey', in: 'cookie', name: 'clickpost.sid' },
        bearer: { type: 'http', scheme: 'bearer' },
      });
      const ajv = schemas();
      for (const name of Object.keys(document.components.schemas)) {
        expect(ajv.getSchema(`${BASE}#/components/schemas/${name}`)).toBeDefined();
      }
      const text = JSON.stringify(document);
      expect(text).not.toContain('"nullable"');
      for (const [, reference = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
        const target = reference
          .split('/')
          .reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document);
        expect({ reference, found: target !== undefined }).toEqual({ reference, found: true });
      }
    });

    it('with every route of /v1', () => {
      const routes = registeredRoutes(api.app.getHttpAdapter().getInstance() as Application)
        .filter(({ path }) => path.startsWith('/v1/') && !path.startsWith('/v1/probe') && path !== '/v1/openapi.json')
        .flatMap(({ path, methods }) => methods.map((m) => `${m} ${path.replaceAll(/:(\w+)/g, '{$1}')}`));
      expect(routes).toContain('PATCH /v1/workspaces/{id}');
      expect(operations().map(({ name }) => name)).toEqual(expect.arrayContaining(routes));
    });

    it('with every parameter of an address', () => {
      for (const { name, operation } of operations()) {
        const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
        const wanted = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => ({ name: parameter, required: true }));
        expect({ name, inPath }).toMatchObject({ name, inPath: wanted });
      }
      const create = operations().find(({ operation }) => operation.operationId === 'createWorkspace');
      expect(create?.operation.parameters).toMatchObject([{ name: 'Idempotency-Key', in: 'header', required: false }]);
    });

    it('with unique ids, a success or a redirect, and a problem for every operation', () => {
      const ids = operations().map(({ operation }) => operation.operationId);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { name, operation } of operations()) {
        const statuses = Object.keys(operation.responses);
        expect({ name, statuses }).toEqual({ name, statuses: [expect.stringMatching(/^(2\d\d|302)$/), 'default'] });
      }
      const open = operations().filter(({ operation }) => operation.security?.length);
      expect(open.map(({ operation }) => operation.operationId)).toContain('signUp');
      expect(open.map(({ operation }) => operation.operationId)).not.toContain('getMe');
    });

    it('truthfully: answers have the documented shape', async () => {
      const ajv = schemas();
      const me = (await account.agent.get('/v1/me').expect(200)).body;
      const keys = (await account.agent.get('/v1/api-keys').expect(200)).body.data;
      const refused = (await anonymous().get('/v1/me').expect(401)).body;
      for (const [name, answer] of [
        ['MeDto', me],
        ['ApiKeyDto', keys[0]],
        ['Problem', refused],
      ] as const) {
        ajv.validate({ $ref: `${BASE}#/components/schemas/${name}` }, answer);
        expect({ name, errors: ajv.errors }).toEqual({ name, errors: null });
      }
    });

    it('for people too, from this server alone', async () => {
      const page = await anonymous().get('/docs').expect(200).expect('content-type', /html/);
      expect(page.headers['content-security-policy']).toContain("script-src 'self';");
      const inline = [...page.text.matchAll(/<script(?![^>]*\bsrc=)[^>]*>/g)];
      expect(inline).toEqual([]);
      const links = [...page.text.matchAll(/(?:src|href)=["']([^"']+)["']/g)].map(([, link = '']) => link);
      expect(links.length).toBeGreaterThan(3);
      for (const link of links) {
        expect(link).not.toMatch(/^(https?:)?\/\//);
        await anonymous()
          .get(new URL(link, `${api.url}/docs`).pathname)
          .expect(200);
      }
    });
  });
});
