import { isListedRefusal, PlatformHttpError } from '#platforms/core';
import { adapter } from './adapter.js';
import { OPERATIONS } from './api.js';
import { manifest } from './manifest.js';

const now = new Date('2026-11-23T12:00:00Z');
const refused = (status: number, body: unknown, headers = {}, operation: string = OPERATIONS.begin) =>
  new PlatformHttpError(status, new Headers(headers), body, operation);
const envelope = (code: string, message = 'Said by TikTok.') => ({
  data: {},
  error: { code, message, log_id: '202611230000LOG' },
});

// https://developers.tiktok.com/doc/content-posting-api-reference-direct-post and the pages of the other requests
describe('what TikTok answers', () => {
  it.each([
    [401, 'access_token_invalid', 'auth', true],
    [401, 'scope_not_authorized', 'permission', true],
    [400, 'scope_permission_missed', 'permission', true],
    [400, 'invalid_param', 'content', true],
    [400, 'invalid_params', 'content', true],
    [400, 'app_version_check_failed', 'permission', true],
    [429, 'rate_limit_exceeded', 'rate-limit', true],
    [403, 'spam_risk_too_many_posts', 'rate-limit', true],
    [200, 'spam_risk_too_many_posts', 'rate-limit', true],
    [403, 'spam_risk_user_banned_from_posting', 'permission', true],
    [403, 'spam_risk_too_many_pending_share', 'rate-limit', true],
    [403, 'reached_active_user_cap', 'rate-limit', true],
    [403, 'unaudited_client_can_only_post_to_private_accounts', 'permission', true],
    [403, 'url_ownership_unverified', 'permission', true],
    [403, 'privacy_level_option_mismatch', 'content', true],
    [400, 'invalid_publish_id', 'unknown', false],
    [400, 'token_not_authorized_for_specified_publish_id', 'unknown', false],
    [400, 'invalid_file_upload', 'media', false],
    [403, 'spam_risk_of_a_new_kind', 'content', false],
    [500, 'internal_error', 'unavailable', false],
    [503, 'something_else', 'unavailable', false],
    [418, 'teapot', 'unknown', false],
  ])('HTTP %i with %s is a matter of %s, without effect for certain: %s', (status, code, kind, isListed) => {
    const error = refused(status, envelope(code));
    const failure = adapter.classify(error, now);
    expect(failure).toMatchObject({ kind, platformCode: code, requestId: '202611230000LOG' });
    expect(failure.platformMessage).toContain('TikTok');
    expect([failure.message, failure.remedy]).not.toContain('');
    expect(URL.canParse(failure.docs ?? '')).toBe(true);
    expect(isListedRefusal(error, failure, manifest)).toBe(isListed);
  });

  it.each([
    ['invalid_grant', 'auth'],
    ['invalid_request', 'auth'],
    ['invalid_client', 'auth'],
    ['unauthorized_client', 'auth'],
    ['invalid_scope', 'permission'],
  ])('%s of the sign-in is a matter of %s, by its own shape of error', (code, kind) => {
    const body = { error: code, error_description: 'Said by TikTok.', log_id: 'LOG' };
    const failure = adapter.classify(refused(400, body, {}, 'renew the sign-in'), now);
    expect(failure).toMatchObject({ kind, platformCode: code, platformMessage: 'Said by TikTok.', requestId: 'LOG' });
  });

  // https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide: these answers have no body.
  it.each([
    [400, 'media'],
    [403, 'unavailable'],
    [404, 'unavailable'],
    [416, 'unavailable'],
    [500, 'unavailable'],
  ])('HTTP %i to a part of a video is a matter of %s, and says nothing of the post', (status, kind) => {
    const error = refused(status, '', {}, OPERATIONS.send);
    const failure = adapter.classify(error, now);
    expect(failure).toMatchObject({ kind, platformCode: `upload-${status}` });
    expect(isListedRefusal(error, failure, manifest)).toBe(false);
  });

  it('keeps all that was said where no page explains it', () => {
    const failure = adapter.classify(refused(418, { teapot: true }), now);
    expect(failure).toMatchObject({ kind: 'unknown', platformMessage: '{"teapot":true}' });
  });

  // "There will be a 24-hour active creator cap for each API client": of audited ones as well.
  it('does not say that an audited app has to be audited', () => {
    const { message, remedy } = adapter.classify(refused(403, envelope('reached_active_user_cap')), now);
    expect(message).toContain('five before it has audited the app, and as many as its audit form said after that');
    expect(remedy).toContain('more people');
  });

  it('waits as long as TikTok asks to', () => {
    const failure = adapter.classify(refused(429, envelope('rate_limit_exceeded'), { 'retry-after': '30' }), now);
    expect(failure.retryAt).toBe('2026-11-23T12:00:30.000Z');
  });

  it('never repeats a token', () => {
    const said = 'Bad act.abc123!4711.e1 and rft.XYZ at https://upload/?upload_id=1&upload_token=abc';
    const { platformMessage } = adapter.classify(refused(400, envelope('invalid_param', said)), now);
    expect(platformMessage).toBe('Bad (token) and (token) at https://upload/?upload_id=1&(token)');
  });
});
