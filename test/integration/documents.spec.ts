import sharp from 'sharp';
import { docx, pdf } from '../../libs/media/testing/documents.js';
import { type TestAccount } from '../support/api.js';
import { PracticeApi } from '../support/practice-api.js';
import { expectProblem } from '../support/problems.js';

describe('documents', () => {
  let practice: PracticeApi;
  let account: TestAccount;
  beforeAll(async () => {
    practice = await PracticeApi.start();
    account = await practice.api.signUp();
  });
  afterAll(() => practice?.close());

  const upload = (content: Buffer, name: string) =>
    practice.as(account).post(`/v1/workspaces/${account.workspaceId}/media`).attach('file', content, name);
  const picture = (id: string) => practice.as(account).get(`/v1/media/${id}/content`).query({ width: 200 });

  it('are taken with their pages, shown by the first one, and given back byte for byte', async () => {
    const content = pdf({ pages: 7 });
    const { body } = await upload(content, 'Plans for autumn.pdf').expect(201);
    expect(body).toMatchObject({
      ...{ kind: 'document', contentType: 'application/pdf', filename: 'Plans for autumn.pdf' },
      ...{ pages: 7, bytes: content.length, facts: { picture: true } },
    });
    const shown = await picture(body.id).buffer(true).expect(200);
    expect(await sharp(shown.body as Buffer).metadata()).toMatchObject({ width: 200, height: 258 });
    const original = await practice.as(account).get(`/v1/media/${body.id}/content`).buffer(true).expect(200);
    expect(original.headers['content-type']).toBe('application/pdf');
    expect(original.headers['content-security-policy']).toContain('sandbox');
    expect(content.equals(original.body as Buffer)).toBe(true);
  });

  it('of Word have no picture and no known pages, which is said', async () => {
    const { body } = await upload(docx(), 'Letter.docx').expect(201);
    expect(body).toMatchObject({ kind: 'document', facts: { picture: false } });
    expect(body.pages).toBeUndefined();
    const answer = await picture(body.id);
    expectProblem(answer, { status: 404, slug: 'not-found' });
    expect(answer.body.detail).toContain('no picture');
  });

  it('are refused in words where they cannot go out', async () => {
    const answer = await upload(docx({ name: 'word/vbaProject.bin' }), 'Letter.docx');
    expectProblem(answer, { status: 422, slug: 'validation-failed', field: 'file' });
    expect(answer.body.errors[0]).toMatchObject({ rule: 'media.holds-programs', remedy: expect.any(String) });
  });
});
