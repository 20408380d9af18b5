import { AssistantError } from '@assistant/contracts';
import { networkError } from './failure';

const coded = (code: string, more: object = {}): Error => Object.assign(new Error('something'), { code, ...more });

describe('errors of the network', () => {
  it.each([
    ['ENOTFOUND', 'upstream_dns'],
    ['EAI_AGAIN', 'upstream_dns'],
    ['ECONNREFUSED', 'upstream_connect_refused'],
    ['ENETUNREACH', 'upstream_connect_refused'],
    ['ECONNRESET', 'upstream_reset'],
    ['EPIPE', 'upstream_reset'],
    ['UND_ERR_SOCKET', 'upstream_reset'],
    ['CERT_HAS_EXPIRED', 'upstream_tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'upstream_tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'upstream_tls'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout_connect'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout_headers'],
    ['UND_ERR_BODY_TIMEOUT', 'timeout_idle'],
    ['HPE_INVALID_CONSTANT', 'upstream_error'],
    ['ERR_SOMETHING_ELSE', 'internal'],
  ])('%s is %s', (code, expected) => {
    expect(networkError(coded(code), { subject: 'api.example' })).toMatchObject({ code: expected, details: { subject: 'api.example', vendorCode: code } });
  });

  it('looks into the errors of a host with several addresses', () => {
    const several = Object.assign(new AggregateError([coded('ETIMEDOUT', { syscall: 'connect' }), coded('ECONNREFUSED')]), { code: 'ETIMEDOUT' });
    expect(networkError(several, { subject: 'x' }).code).toBe('upstream_connect_refused');
    expect(networkError(coded('ETIMEDOUT', { syscall: 'connect' }), { subject: 'x' }).code).toBe('timeout_connect');
    expect(networkError(coded('ETIMEDOUT', { syscall: 'read' }), { subject: 'x' }).code).toBe('timeout_idle');
  });

  it('blames the proxy for what fails on the way to it, and nothing else', () => {
    expect(networkError(coded('ECONNREFUSED'), { subject: 'x', viaProxy: true }).code).toBe('upstream_proxy');
    expect(networkError(coded('ECONNRESET'), { subject: 'x', viaProxy: true }).code).toBe('upstream_reset');
  });

  it('keeps our own errors, also as the reason of an abort', () => {
    const own = new AssistantError('timeout_first_token', 'No first token in time.');
    expect(networkError(own, { subject: 'x' })).toBe(own);
    expect(networkError(new Error('aborted'), { subject: 'x', signal: AbortSignal.abort(own) })).toBe(own);
    expect(networkError(new Error('aborted'), { subject: 'x', signal: AbortSignal.abort() }).code).toBe('client_closed');
  });
});
