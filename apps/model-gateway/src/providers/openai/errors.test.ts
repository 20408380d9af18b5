import { errorInside, errorOfResponse } from './errors';
import { retryAfterMs } from './retry-after';

const response = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  errorOfResponse('glm', { status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) });

test.each([
  [401, { error: { message: 'bad key', code: 'invalid_api_key' } }, 'upstream_auth'],
  [403, 'forbidden', 'upstream_auth'],
  [404, { error: { message: 'no such model', code: 'model_not_found' } }, 'upstream_not_found'],
  [429, { error: { message: 'slow down', code: 'rate_limit_exceeded' } }, 'upstream_rate_limited'],
  [429, { error: { message: 'pay', code: 'insufficient_quota' } }, 'upstream_quota'],
  [402, { error: { message: 'Insufficient Balance' } }, 'upstream_quota'],
  [400, { error: { message: 'too long', code: 'context_length_exceeded' } }, 'upstream_context_length'],
  [400, { error: { code: '1301', message: '内容不安全' } }, 'upstream_content_filter'],
  [400, { error: { message: 'no' } }, 'upstream_bad_request'],
  [422, { detail: 'wrong field' }, 'upstream_bad_request'],
  [500, { error: 'oops' }, 'upstream_error'],
  [502, '<html><body>nginx</body></html>', 'upstream_html_body'],
  [503, '', 'upstream_error'],
  [529, [{ error: { code: 529, message: 'overloaded', status: 'UNAVAILABLE' } }], 'upstream_error'],
  [301, '', 'upstream_error'],
])('status %d with %j is %s and names the provider', (status, body, code) => {
  const error = response(status, body);
  expect([error.code, error.details.subject, error.details.vendorStatus]).toEqual([code, 'glm', status]);
  expect(error.message).toMatch(/^provider glm: /);
});

test('addresses and line ends of a vendor are not repeated', () => {
  expect(response(500, { error: { message: 'failed at http://10.0.0.1:8080/v1?key=abc\nstack' } }).message).toBe(
    'provider glm: failed at [address] stack (status 500)',
  );
});

test.each([
  [{ error: { message: 'busy', code: 'overloaded' } }, 'upstream_error'],
  [{ error: { message: 'slow', code: 'rate_limit_exceeded' } }, 'upstream_rate_limited'],
  [{ base_resp: { status_code: 1002, status_msg: 'rate limit' } }, 'upstream_rate_limited'],
  [{ error_code: 18, error_msg: 'Open api qps request limit reached' }, 'upstream_error'],
])('%j inside a 200 is %s', (body, code) => {
  expect(errorInside('glm', body)?.code).toBe(code);
});

test.each([{ choices: [] }, { choices: [{}], error: null }, { choices: [{}], base_resp: { status_code: 0 } }])('%j is no error', (body) => {
  expect(errorInside('glm', body)).toBeUndefined();
});

const NOW = Date.parse('2026-11-23T12:00:00Z');
test.each([
  [{ 'retry-after': '3' }, 3000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after': 'Mon, 23 Nov 2026 12:00:07 GMT' }, 7000],
  [{ 'retry-after': 'Mon, 23 Nov 2026 11:00:00 GMT' }, 0],
  [{ 'retry-after-ms': '250', 'retry-after': '3' }, 250],
  [{ 'retry-after': 'soon' }, undefined],
  [{}, undefined],
])('%j means %s ms', (headers, ms) => {
  expect(retryAfterMs(headers, NOW)).toBe(ms);
});
