import { Controller, Get, Module } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import pg from 'pg';
import request from 'supertest';
import { Database, rows } from '#kernel';
import { Public } from '../../apps/api/src/auth/index.js';
import { startTestApi, type TestApi } from '../support/api.js';

@ApiExcludeController()
@Controller('v1/probe')
class ProbeController {
  constructor(private readonly database: Database) {}

  @Public()
  @Get('slow')
  slow() {
    return this.database.identity((tx) => rows(tx, 'select pg_sleep(30) as slept'));
  }
}

@Module({ controllers: [ProbeController] })
class ProbeModule {}

const SLOW = `select pid from pg_stat_activity where datname = current_database() and query like '%as slept%' and pid <> pg_backend_pid()`;

describe('a request whose database goes away', () => {
  let api: TestApi;
  let owner: pg.Client;
  beforeAll(async () => {
    api = await startTestApi({ modules: [ProbeModule] });
    owner = new pg.Client({ connectionString: api.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner?.end();
    await api?.close();
  });

  it('is told that it is no fault of its own, when to come back, and what is not known', async () => {
    // Superagent sends a request when it is waited for.
    const answering = request(api.url).get('/v1/probe/slow').then();
    let pid: number | undefined;
    while (pid === undefined) pid = (await owner.query<{ pid: number }>(SLOW)).rows[0]?.pid;
    await owner.query('select pg_terminate_backend($1)', [pid]);
    const answer = await answering;
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.body).toMatchObject({ type: 'urn:clickpost:problem:unavailable', status: 503 });
    expect(answer.body.detail).toContain('Idempotency-Key');
    await request(api.url).get('/health/ready').expect(200);
  });
});
