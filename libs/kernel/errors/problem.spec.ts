import { describeProblems, Problem } from './index.js';

describe('Problem', () => {
  it('is told as RFC 9457 asks, without stack and cause', () => {
    const cause = new Error('database password');
    const problem = Problem.notFound('There is no post 7.', { instance: '/v1/posts/7', cause });
    expect(problem).toBeInstanceOf(Error);
    expect(problem.cause).toBe(cause);
    expect(JSON.parse(JSON.stringify(problem))).toEqual({
      type: 'urn:clickpost:problem:not-found',
      title: 'Not found',
      status: 404,
      detail: 'There is no post 7.',
      instance: '/v1/posts/7',
    });
  });

  it('names every broken rule with its remedy', () => {
    const errors = [
      { field: 'email', rule: 'isEmail', message: 'This is no e-mail address.', remedy: 'Write name@example.com.' },
      { field: 'name', rule: 'isNotEmpty', message: 'The name is empty.', remedy: 'Write a name.' },
    ];
    expect(Problem.validation(errors).toJSON()).toMatchObject({
      status: 422,
      errors,
      detail: 'Correct email, name and send it again.',
    });
  });

  it('keeps its standard members whatever is added', () => {
    const problem = new Problem('conflict', 'No.', { extra: { status: 200, current: 'x' } });
    expect(problem.toJSON()).toMatchObject({ status: 409, current: 'x' });
  });

  it('says when to come back in whole seconds', () => {
    expect(Problem.tooManyRequests(0.2)).toMatchObject({ retryAfter: 1, detail: 'Try again in 1 s.', status: 429 });
  });

  it('has one status and one type for each slug', () => {
    const rows = describeProblems();
    expect(new Set(rows.map((row) => row.type)).size).toBe(rows.length);
    for (const { slug, ...kind } of rows) expect(new Problem(slug, 'x').toJSON()).toMatchObject(kind);
  });
});
