import { type Exchange } from './ear.js';
import { amendX } from './exceptions.js';
import { isThere, Official } from './official.js';

const X_SCOPES = ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'];
const POSTS = 'https://api.x.com/2/tweets';
const CREATED = { data: { id: '1234567890123456789', text: 'Fresh bread' } };

interface Said {
  method?: string;
  url?: string;
  says?: object | string;
  type?: string;
  signed?: string;
  status?: number;
  answered?: object;
  answerType?: string;
}

const json = 'application/json';

/** A post on X as it should be, but for what is said otherwise. */
function exchange(said: Said): [url: string, exchange: Exchange] {
  const { method = 'POST', url = POSTS, type = json, signed = 'Bearer token', status = 201, answerType = json } = said;
  const { says = { text: 'Fresh bread' }, answered = CREATED } = said;
  const body = method === 'GET' ? '' : typeof says === 'string' ? says : JSON.stringify(says);
  const { pathname, search } = new URL(url);
  return [
    url,
    {
      ...{ method, path: pathname + search, body: Buffer.from(body) },
      headers: { authorization: signed, ...(body !== '' && { 'content-type': type }) },
      answer: { status, headers: { 'content-type': answerType }, body: Buffer.from(JSON.stringify(answered)) },
    },
  ];
}

const available = isThere('x.openapi.json', 'pinterest.openapi.json');
(available ? describe : describe.skip)('an official description', () => {
  let x: Official;
  let pinterest: Official;
  beforeAll(() => {
    x = new Official('x.openapi.json', X_SCOPES, amendX);
    pinterest = new Official('pinterest.openapi.json', ['boards:read', 'pins:read', 'pins:write']);
  });

  it('is the one that was read', () => {
    expect([x.version, pinterest.version]).toEqual(['2.167', '5.23.0']);
  });

  it('has nothing to say against what is right', () => {
    expect(x.check(...exchange({}))).toEqual({ operation: 'POST /2/tweets', problems: [], silent: [] });
    const asked = 'https://api.x.com/2/users/2244994945/tweets?max_results=5&post.fields=created_at,entities';
    expect(x.check(...exchange({ method: 'GET', url: asked, status: 200, answered: {} })).problems).toEqual([]);
    const board = 'https://api.pinterest.com/v5/boards?page_size=25';
    const boards = { items: [], bookmark: null };
    expect(pinterest.check(...exchange({ method: 'GET', url: board, status: 200, answered: boards })).problems).toEqual(
      [],
    );
    const revoked = exchange({
      ...{ url: 'https://api.pinterest.com/v5/oauth/token', type: 'application/x-www-form-urlencoded', status: 400 },
      ...{
        says: 'grant_type=refresh_token&refresh_token=abc',
        signed: 'Basic abc=',
        answered: { code: 1, message: 'No' },
      },
    });
    expect(pinterest.check(...revoked)).toMatchObject({ operation: 'POST /oauth/token', problems: [] });
  });

  it.each<[string, Said, string]>([
    ['a field that has another type', { says: { text: 7 } }, 'must be string'],
    ['a value that is none of those', { says: { text: 'a', reply_settings: 'everyone' } }, 'must be equal to one of'],
    ['a field that does not exist', { says: { text: 'a', reply_to: '1' } }, 'reply_to'],
    ['a field below that does not exist', { says: { media: { media_ids: ['1'], alt: 'x' } } }, 'alt'],
    ['no body', { says: '' }, 'required property'],
    [
      'a form',
      { says: 'text=a', type: 'application/x-www-form-urlencoded' },
      'body of the type application/x-www-form',
    ],
    ['no sign-in', { signed: '' }, 'signed with nothing'],
    ['a sign-in of another kind', { signed: 'Basic abc' }, 'signed with basic'],
    ['a parameter that does not exist', { url: `${POSTS}?fields=id` }, 'additional properties'],
    ['a status that is not described', { status: 200 }, 'an answer of this status'],
    [
      'an answer without what it needs',
      { answered: { data: { id: '12' } } },
      "the answer/data must have required property 'text'",
    ],
    ['an answer with what does not exist', { answered: { data: { ...CREATED.data, url: 'a' } } }, "answer's /data/url"],
    ['a refusal in other words', { status: 403, answered: { error: 'no' } }, 'the answer must have required property'],
    ['an answer of another type', { answerType: 'text/html' }, 'type "text/html"'],
    [
      'a part without its number',
      { url: 'https://api.x.com/2/media/upload/12/append', says: { media: 'YQ==' }, status: 200, answered: {} },
      "required property 'segment_index'",
    ],
    [
      'an id that is none',
      { url: 'https://api.x.com/2/media/upload/abc/append', says: { media: 'YQ==', segment_index: 0 }, status: 200 },
      'must match pattern',
    ],
  ])('notices %s', (_what, said, words) => {
    const { operation, problems } = x.check(...exchange(said));
    expect(operation).toBeDefined();
    expect(problems.join('\n')).toContain(words);
  });

  it('notices what belongs to another choice', () => {
    const token = {
      ...{ url: 'https://api.pinterest.com/v5/oauth/token', type: 'application/x-www-form-urlencoded', status: 400 },
      ...{ signed: 'Basic abc=', answered: { code: 1, message: 'No' } },
    };
    const asked = (says: string) => pinterest.check(...exchange({ ...token, says })).problems.join();
    expect(asked('grant_type=refresh_token&code=abc')).toContain("required property 'refresh_token'");
    expect(asked('grant_type=authorization_code&code=a&redirect_uri=b&refresh_token=c')).toContain('/refresh_token');
  });

  it('notices a permission that nobody was asked for', () => {
    const asked = { method: 'GET', url: 'https://api.pinterest.com/v5/user_account', status: 200, answered: {} };
    expect(pinterest.check(...exchange(asked)).problems.join()).toContain('user_accounts:read');
  });

  it.each([
    ['another host', 'https://upload.x.com/2/tweets'],
    ['another version', 'https://api.x.com/3/tweets'],
    ['what it does not know', 'https://api.x.com/2/oauth2/token'],
  ])('has no operation for %s', (_what, url) => {
    expect(x.check(...exchange({ url })).operation).toBeUndefined();
  });
});
