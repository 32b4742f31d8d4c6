import { redactPath } from './index.js';

describe('redactPath', () => {
  it.each([
    ['/xrpc/com.atproto.repo.createRecord', '/xrpc/com.atproto.repo.createRecord'],
    ['/v23.0/104822712345678/photos', '/v23.0/104822712345678/photos'],
    ['/v23.0/104822712345678_122093847561234567/comments', '/v23.0/104822712345678_122093847561234567/comments'],
    ['/api/v1/statuses/113456789012345678', '/api/v1/statuses/113456789012345678'],
    ['/17841400008460056/media_publish', '/17841400008460056/media_publish'],
  ])('leaves %s readable', (path, expected) => {
    expect(redactPath(path)).toBe(expected);
  });

  it.each([
    ['/bot110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/sendMessage', '/[redacted]/sendMessage'],
    ['/bot110201543%3AAAHdqTcvCH1vGW/sendMessage', '/[redacted]/sendMessage'],
    [
      '/api/webhooks/223704706495545344/3d89bb7572e0fb30d8128367b3b1b44f',
      '/api/webhooks/223704706495545344/[redacted]',
    ],
    ['/services/T00/B00/QmFzZTY0IHNlY3JldA==', '/services/T00/B00/[redacted]'],
    ['/0b7e4f5a-1c2d-4e3f-8a9b-0c1d2e3f4a5b', '/[redacted]'],
    ['/me?access_token=EAAB&fields=id', '/me?access_token=[redacted]&fields=[redacted]'],
    ['/me?EAABsecret', '/me?[redacted]'],
  ])('hides the secret of %s', (path, expected) => {
    expect(redactPath(path)).toBe(expected);
  });

  it('leaves our own ids where they are known to be ours', () => {
    const path = '/v1/posts/0b7e4f5a-1c2d-4e3f-8a9b-0c1d2e3f4a5b';
    expect(redactPath(path, { keepIds: true })).toBe(path);
    expect(redactPath('/v1/review/eyJhbGciOiJIUzI1NiJ9.e30.x', { keepIds: true })).toBe('/v1/review/[redacted]');
  });
});
