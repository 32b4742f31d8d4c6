import { type Exchange } from '../openapi/ear.js';
import { GoogleOfficial, isInstalled } from './official.js';

const VIDEO = { snippet: { title: 'How it is baked', tags: ['bread'] }, status: { privacyStatus: 'private' } };
const LISTED = { items: [{ id: 'a', processingDetails: { processingStatus: 'succeeded' } }] };

/** What begins an upload. */
function begun(body: object, more: Partial<Exchange> = {}): Exchange {
  return {
    method: 'POST',
    path: '',
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    body: Buffer.from(JSON.stringify(body)),
    answer: { status: 200, headers: {}, body: Buffer.alloc(0) },
    ...more,
  };
}

/** What asks about a video. */
function asked(answer: object): Exchange {
  const headers = { 'content-type': 'application/json' };
  const body = Buffer.from(JSON.stringify(answer));
  return { method: 'GET', path: '', headers: {}, body: Buffer.alloc(0), answer: { status: 200, headers, body } };
}

const UPLOAD = 'https://www.googleapis.com/upload/youtube/v3/videos';
const VIDEOS = 'https://www.googleapis.com/youtube/v3/videos';

(isInstalled ? describe : describe.skip)("Google's own description of its APIs", () => {
  const youtube = new GoogleOfficial('youtube', 'v3');
  const problems = (url: string, exchange: Exchange) => youtube.check(url, exchange).problems;

  it('is read as a whole', () => {
    expect(youtube.methods).toBeGreaterThan(70);
    expect(new GoogleOfficial('mybusinessaccountmanagement', 'v1').methods).toBeGreaterThan(10);
    expect(new GoogleOfficial('mybusinessbusinessinformation', 'v1').methods).toBeGreaterThan(10);
  });

  it('finds nothing wrong with what is right', () => {
    const url = `${UPLOAD}?uploadType=resumable&part=snippet,status&notifySubscribers=false`;
    expect(youtube.check(url, begun(VIDEO))).toEqual({
      operation: 'POST /upload/youtube/v3/videos',
      problems: [],
      silent: [],
    });
    expect(youtube.check(`${VIDEOS}?part=processingDetails&id=a`, asked(LISTED))).toEqual({
      operation: 'GET /youtube/v3/videos',
      problems: [],
      silent: [],
    });
  });

  it('knows no method that is not there', () => {
    expect(youtube.check('https://www.googleapis.com/youtube/v3/films?part=id', asked({})).operation).toBeUndefined();
    expect(youtube.check('https://example.com/youtube/v3/videos?part=id', asked({})).operation).toBeUndefined();
  });

  it('finds parameters that are missing, made up or of another type', () => {
    expect(problems(`${UPLOAD}?uploadType=resumable`, begun(VIDEO))).toEqual([
      'POST /upload/youtube/v3/videos 200: the parameter "part" is missing',
    ]);
    expect(problems(`${UPLOAD}?part=snippet&notify=1`, begun(VIDEO))).toEqual([
      'POST /upload/youtube/v3/videos 200: the parameter "notify" is not described',
    ]);
    expect(problems(`${UPLOAD}?part=snippet&notifySubscribers=no`, begun(VIDEO))).toEqual([
      'POST /upload/youtube/v3/videos 200: the parameter "notifySubscribers" is "no"',
    ]);
  });

  it('finds fields that are made up or of another type, in what is asked and in what is answered', () => {
    const made = { ...VIDEO, status: { privacyStatus: 'private', madeForChildren: true } };
    expect(problems(`${UPLOAD}?part=status`, begun(made))).toEqual([
      "POST /upload/youtube/v3/videos 200: the request's /status/madeForChildren is not described",
    ]);
    const wrong = { ...VIDEO, status: { selfDeclaredMadeForKids: 'false' } };
    expect(problems(`${UPLOAD}?part=status`, begun(wrong))).toEqual([
      'POST /upload/youtube/v3/videos 200: the request/status/selfDeclaredMadeForKids must be boolean',
    ]);
    expect(problems(`${VIDEOS}?part=id&id=a`, asked({ items: [{ id: 7, kinds: [] }] }))).toEqual([
      "GET /youtube/v3/videos 200: the answer's /items/0/kinds is not described",
      'GET /youtube/v3/videos 200: the answer/items/0/id must be string',
    ]);
  });
});
