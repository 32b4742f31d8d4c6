import { loadConfig } from '../config/index.js';
import { QueueUnreachableError } from '../jobs/index.js';
import { explainAbsence, explainStart } from './explain.js';

const SECRET_KEY = 'a secret key for tests alone, long enough';
const external = loadConfig({ DATABASE_URL: 'postgres://me:secret-word@db.example.com/clickpost', SECRET_KEY });
const coded = (code: string) => Object.assign(new Error('in its own words'), { code });
const queue = (cause: Error) => new QueueUnreachableError('It does not answer.', { cause });

describe('why a start did not succeed', () => {
  it.each([
    ['ECONNREFUSED', 'nothing answers'],
    ['ECONNRESET', 'broke off'],
    ['57P03', 'is starting or stopping'],
    ['28P01', 'does not accept the login'],
    ['3D000', 'no database of that name'],
  ])('names the settings of the database for %s', (code, cause) => {
    const said = explainStart(coded(code), external);
    expect(said).toContain(cause);
    expect(said).toContain('in its own words');
    expect(said).toContain('DATABASE_URL');
    expect(said).not.toContain('secret-word');
  });

  it('takes the first of several addresses that were tried', () => {
    const tried = Object.assign(new AggregateError([new Error('::1 refused'), new Error('127.0.0.1 refused')]), {
      code: 'ECONNREFUSED',
    });
    expect(explainStart(tried, external)).toContain('::1 refused');
  });

  it('names the setting of the job queue', () => {
    const said = explainStart(queue(coded('ECONNREFUSED')), external);
    expect(said).toBe(
      'The job queue cannot be used: nothing answers at its address (in its own words). Check REDIS_URL.',
    );
  });

  it('shows the stack of what nobody foresaw', () => {
    expect(explainStart(new Error('surprise'), external)).toMatch(/surprise\n\s+at /);
  });
});

describe('what may pass by itself', () => {
  const wrongPassword = Object.assign(new Error('WRONGPASS invalid username-password pair'), { name: 'ReplyError' });

  it.each<[string, Error]>([
    ['nobody answers', coded('ECONNREFUSED')],
    ['the server is starting', coded('57P03')],
    ['its name is not known yet', coded('ENOTFOUND')],
    ['a connection ended, which has no code', new Error('Connection terminated unexpectedly')],
    ['nobody answered in time, which has no code', new Error('timeout expired')],
    ['the job queue is away', queue(coded('ECONNREFUSED'))],
    ['a connection to the job queue ended, which has no code', queue(new Error('Connection is closed.'))],
  ])('is that %s', (_what, error) => {
    expect(explainAbsence(error)).toMatch(/cannot be used: .* Check \w+/);
  });

  it.each<[string, Error]>([
    ['a wrong password', coded('28P01')],
    ['a database that is not there', coded('3D000')],
    ['a wrong password of the job queue', queue(wrongPassword)],
    ['a mistake of ours', new TypeError('x is not a function')],
  ])('is not %s', (_what, error) => {
    expect(explainAbsence(error)).toBeUndefined();
  });
});
