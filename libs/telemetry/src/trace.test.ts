import { startSpan, startTracing } from './trace';

test('a trace id is carried on, whether or not anybody collects spans', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  for (const endpoint of [undefined, 'http://127.0.0.1:9']) {
    const stop = startTracing({ service: 't', version: '0', ...(endpoint === undefined ? {} : { endpoint }) });
    const span = startSpan('intake', `00-${traceId}-b7ad6b7169203331-01`);
    const child = span.child('intake.publish');
    expect([span.traceId, child.traceId]).toEqual([traceId, traceId]);
    expect(span.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
    expect(child.traceparent).not.toBe(span.traceparent);
    child.end(new Error('x'));
    span.end();
    void stop().catch(() => undefined);
  }
});

test.each([undefined, 'nonsense', '00-00000000000000000000000000000000-b7ad6b7169203331-01', '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01'])(
  'the header %s begins a new trace',
  (header) => {
    void startTracing({ service: 't', version: '0' });
    const [one, two] = [startSpan('intake', header), startSpan('intake', header)];
    expect(one.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(one.traceId).not.toBe(two.traceId);
  },
);
