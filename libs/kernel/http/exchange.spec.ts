import { beginExchange } from './exchange.js';

function recorded(headers: Record<string, string>) {
  const end = beginExchange('GET', new URL('https://graph.example/v1/me'));
  return end({ response: { status: 200, headers: Object.entries(headers) } });
}

describe('usage headers', () => {
  it('are kept whole, however many business objects they speak of', () => {
    const objects = Array.from({ length: 80 }, (_, index) => [
      String(17_841_400_000_000_000 + index),
      [{ type: 'instagram', call_count: 28, total_cputime: 25, total_time: 25, estimated_time_to_regain_access: 0 }],
    ]);
    const header = JSON.stringify(Object.fromEntries(objects));
    expect(header.length).toBeGreaterThan(3_000);
    const { rateLimit } = recorded({ 'X-Business-Use-Case-Usage': header });
    expect(JSON.parse(rateLimit?.['x-business-use-case-usage'] ?? '')).toEqual(JSON.parse(header));
  });

  it('lose whatever looks like a secret', () => {
    const token = 'EAAGm0PX4ZCpsBAKZBt9';
    const { rateLimit } = recorded({ 'x-app-usage': JSON.stringify({ call_count: 12, [token]: token }) });
    expect(JSON.stringify(rateLimit)).not.toContain(token);
    expect(rateLimit?.['x-app-usage']).toContain('"call_count":12');
  });

  it('are left out where they are no JSON, or without an end', () => {
    expect(recorded({ 'x-app-usage': 'plenty' }).rateLimit).toBeUndefined();
    expect(recorded({ 'x-app-usage': `"${'1'.repeat(20_000)}"` }).rateLimit).toBeUndefined();
  });

  it('leave other headers about limits short', () => {
    expect(recorded({ 'retry-after': '7'.repeat(400) }).rateLimit).toEqual({ 'retry-after': '7'.repeat(300) });
  });
});
