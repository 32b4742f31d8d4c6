import { loadConfig } from '../config/index.js';
import { explainStart } from './explain.js';

const SECRET_KEY = 'a secret key for tests alone, long enough';
const external = loadConfig({ DATABASE_URL: 'postgres://me:secret-word@db.example.com/clickpost', SECRET_KEY });

describe('why a start did not succeed', () => {
  it.each([
    ['ECONNREFUSED', 'nothing answers'],
    ['28P01', 'does not accept the login'],
    ['3D000', 'no database of that name'],
  ])('names the settings of the database for %s', (code, cause) => {
    const said = explainStart(Object.assign(new Error('in its own words'), { code }), external);
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

  it('shows the stack of what nobody foresaw', () => {
    expect(explainStart(new Error('surprise'), external)).toMatch(/surprise\n\s+at /);
  });
});
