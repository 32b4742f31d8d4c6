import { type Response } from 'supertest';

/** That an answer is a problem of this kind which names the field, the rule and the remedy. */
export function expectProblem(
  answer: Response,
  { status, slug, field }: { status: number; slug: string; field?: string },
): void {
  expect({ status: answer.status, type: answer.body.type, text: answer.text }).toEqual({
    status,
    type: `urn:clickpost:problem:${slug}`,
    text: expect.any(String),
  });
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.body.detail).toMatch(/\w/);
  if (field === undefined) return;
  expect(answer.body.errors).toContainEqual(
    expect.objectContaining({
      field,
      rule: expect.stringMatching(/\w/),
      message: expect.stringMatching(/\w/),
      remedy: expect.stringMatching(/\w/),
    }),
  );
}
