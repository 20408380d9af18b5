import fc from 'fast-check';
import { readStatusDetails } from './status-details';
import { statusDetails } from './testing/scripted-services';

describe('the details of a gRPC status', () => {
  it('hold our code, its metadata and the time to wait', () => {
    expect(readStatusDetails(statusDetails('upstream_rate_limited', 30))).toEqual({
      reason: 'upstream_rate_limited',
      domain: 'assistant.gateway',
      metadata: { subject: 'glm' },
      retryAfterMs: 30_000,
    });
  });

  it('are read from any bytes without throwing or hanging', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readStatusDetails(bytes)));
    const whole = statusDetails('internal', 1);
    for (let length = 0; length < whole.length; length++) expect(() => readStatusDetails(whole.subarray(0, length))).not.toThrow();
  });
});
