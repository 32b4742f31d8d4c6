import { genericFailure, PlatformHttpError, type PlatformManifest } from '#platforms/core';
import { classifyGraph, commonCodes, commonSubcodes, graphErrorOf, usagePressure } from './index.js';

const NOW = new Date('2026-11-02T12:00:00Z');
// As much of a manifest as is asked for.
const manifest = { id: 'meta', name: 'Meta' } as PlatformManifest;
const tables = { manifest, codes: commonCodes('Meta'), subcodes: commonSubcodes('Meta') };

const answered = (body: unknown, status = 400, headers: Record<string, string> = {}) =>
  new PlatformHttpError(status, new Headers(headers), body, 'publish');
const classify = (error: unknown) => classifyGraph(tables, error, NOW);

// https://developers.facebook.com/docs/graph-api/guides/error-handling
describe('an error of Graph', () => {
  it('that nobody explains keeps all that was said', () => {
    const body = { error: { code: 4242, error_subcode: 7, message: 'Something new', error_user_title: 'New' } };
    expect(classify(answered(body))).toMatchObject({
      kind: 'unknown',
      platformCode: '4242/7',
      platformMessage: expect.stringMatching(/Something new.+error_user_title/),
    });
  });

  it('is read wherever passport left it', () => {
    const graph = { message: 'Invalid code', type: 'OAuthException', code: 100, error_subcode: 36009 };
    const token = Object.assign(new Error('x'), { name: 'TokenError', code: graph });
    const data = JSON.stringify({ error: graph });
    const internal = Object.assign(new Error('x'), {
      name: 'InternalOAuthError',
      oauthError: { statusCode: 400, data },
    });
    for (const error of [token, internal, answered({ error: graph })]) {
      expect(classify(error)).toMatchObject({ kind: 'auth', platformCode: '100/36009' });
    }
    expect(graphErrorOf(Object.assign(new Error('x'), { name: 'TokenError', code: 'invalid' }))).toBeUndefined();
  });

  // https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login
  it("is read in the form of Instagram's sign-in", () => {
    const body = { error_type: 'OAuthException', code: 400, error_message: 'Matching code was not found' };
    expect(graphErrorOf(answered(body))).toMatchObject({ code: 400, message: 'Matching code was not found' });
  });

  it('has a sentence and a remedy for every code that is known, in the name of the network', () => {
    for (const known of [...Object.values(tables.codes), ...Object.values(tables.subcodes)]) {
      expect(known.message).toMatch(/^[A-Z].+\.$/);
      expect(known.remedy).toMatch(/^[A-Z].+\.$/);
    }
  });
});

// https://developers.facebook.com/docs/video-api/guides/reels-publishing
describe('an error of the host for uploads', () => {
  const failure = (info: object, status = 400) => classify(answered({ debug_info: info }, status));

  it('is about the file, unless it passes', () => {
    const info = { retriable: false, type: 'ProcessingFailedError', message: 'Request processing failed' };
    expect(failure(info)).toMatchObject({ kind: 'media', platformCode: info.type, platformMessage: info.message });
    expect(failure({ ...info, retriable: true }).kind).toBe('unavailable');
    expect(failure(info, 503).kind).toBe('unavailable');
    expect(failure({ ...info, type: 'OffsetInvalidError' }).kind).toBe('unavailable');
    expect(failure({ ...info, type: 'NotAuthorizedError' }, 401).kind).toBe(genericFailure('auth', 'Meta').kind);
  });
});

// https://developers.facebook.com/docs/graph-api/overview/rate-limiting
describe('the headers of usage', () => {
  const pressure = (headers: Record<string, string>) => usagePressure('Meta')(headers, NOW);
  const business = (usage: object) => ({ 'x-business-use-case-usage': JSON.stringify({ '1': [usage] }) });

  it.each([
    [{}, undefined],
    [{ 'x-app-usage': 'nonsense' }, undefined],
    [{ 'x-app-usage': '{"call_count":84,"total_time":3,"total_cputime":1}' }, undefined],
    [{ 'x-app-usage': '{"call_count":2,"total_time":85,"total_cputime":1}' }, 'app'],
    [business({ call_count: 84, estimated_time_to_regain_access: 0 }), undefined],
    [business({ call_count: 96, estimated_time_to_regain_access: 0 }), 'channel'],
    [business({ call_count: 10, estimated_time_to_regain_access: 7 }), 'channel'],
  ])('%j concern %s', (headers, scope) => {
    expect(pressure(headers as Record<string, string>)?.scope).toBe(scope);
  });

  it('say until when, by the platform where it knows', () => {
    expect(pressure(business({ call_count: 100, estimated_time_to_regain_access: 7 }))?.until.toISOString()).toBe(
      '2026-11-02T12:07:00.000Z',
    );
    expect(pressure({ 'x-app-usage': '{"call_count":91}' })).toEqual({
      until: new Date('2026-11-02T12:05:00Z'),
      scope: 'app',
      why: 'Meta says that 91 % of what the app of this installation may ask is used up.',
    });
  });
});
