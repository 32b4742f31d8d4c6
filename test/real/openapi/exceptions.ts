import { type Description } from './description.js';

/**
 * Where the official file of X (2.167) says less than X's own pages, which say how refusals look:
 * https://docs.x.com/x-api/fundamentals/response-codes-and-errors
 */
export function amendX({ components: { schemas } }: Description): void {
  const { Problem: problem, InvalidRequestProblem: invalid } = schemas;
  if (!problem?.discriminator?.mapping || !invalid?.properties)
    throw new Error('X describes its problems otherwise now.');
  // "about:blank" is the type of every refusal that has none of its own (401, 403 with its reason in `detail`, 429, 503); the
  // file lists nine types alone. Its fields are those of all problems.
  schemas['UntypedProblem'] = {
    required: ['type', 'title', 'detail'],
    properties: {
      ...{ type: { enum: ['about:blank'] }, title: { type: 'string' }, detail: { type: 'string' } },
      status: { type: 'integer' },
    },
  };
  problem.discriminator.mapping['about:blank'] = '#/components/schemas/UntypedProblem';
  // A request that is wrong in several places is told each of them in `errors`, which the file leaves out.
  invalid.properties['errors'] = {
    type: 'array',
    items: {
      required: ['message'],
      properties: { message: { type: 'string' }, parameters: { additionalProperties: true } },
    },
  };
}

/**
 * The proof key (RFC 7636) that ClickPost sends with every code: Pinterest does not name it, and a server has to ignore what it
 * does not know. https://www.rfc-editor.org/rfc/rfc6749#section-3.2
 */
export function amendPinterest({ components: { schemas } }: Description): void {
  const code = schemas['OauthAccessTokenRequestCode'];
  if (!code?.properties) throw new Error('Pinterest describes its sign-in otherwise now.');
  code.properties['code_verifier'] = { type: 'string' };
  // The words about this request ask older apps for it, and the fields leave it out.
  code.properties['continuous_refresh'] = { type: 'boolean' };
}
