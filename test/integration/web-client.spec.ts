import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import openapi, { astToString, type OpenAPI3 } from 'openapi-typescript';
import request from 'supertest';
import { startTestApi, type TestApi } from '../support/api.js';

const FILE = join(import.meta.dirname, '../../apps/web/src/api/schema.generated.ts');
const HEADER =
  '// Generated from /v1/openapi.json; `UPDATE_DOCS=1 npm run jest -- --testPathPatterns web-client` writes it anew.\n';

describe('The client of the web', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  it('is generated from the API as it is (UPDATE_DOCS=1 writes it anew)', async () => {
    const { body } = await request(api.url).get('/v1/openapi.json').expect(200);
    const current = HEADER + astToString(await openapi(body as OpenAPI3));
    if (process.env['UPDATE_DOCS']) await writeFile(FILE, current);
    expect(await readFile(FILE, 'utf8')).toBe(current);
  });
});
