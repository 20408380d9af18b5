import { createBeats } from './beats';
import { installationReport } from './installation';

const beat = (service: string, instance: string, status = 'ok', detail = ''): string =>
  JSON.stringify({ service, instance, version: '0.1.0', at: 1, status, detail });

const clock = () => {
  let now = 1_000_000;
  return { beats: createBeats(() => now), wait: (ms: number) => void (now += ms) };
};

const ok = { status: 'ok', detail: '' } as const;

describe('health beats', () => {
  test('say how a service is', () => {
    const { beats } = clock();
    beats.hear(beat('core', 'a', 'degraded', 'slow'));
    expect(beats.services()).toEqual([
      {
        name: 'core',
        status: 'degraded',
        detail: 'slow',
        instances: [{ instance: 'a', version: '0.1.0', status: 'degraded', detail: 'slow', lastBeat: 1_000_000 }],
      },
    ]);
  });

  test('that stop mean down after 15 s, and are forgotten after 10 minutes', () => {
    const { beats, wait } = clock();
    beats.hear(beat('core', 'a'));
    wait(15_000);
    expect(beats.services()[0]?.status).toBe('ok');
    wait(1);
    expect(beats.services()[0]).toMatchObject({ status: 'down', detail: 'not heard of for 15 s' });
    wait(10 * 60_000 - 15_001);
    expect(beats.services()).toHaveLength(1);
    wait(1);
    expect(beats.services()).toHaveLength(0);
  });

  test('of one living instance keep a service up', () => {
    const { beats, wait } = clock();
    beats.hear(beat('core', 'a'));
    wait(20_000);
    beats.hear(beat('core', 'b'));
    expect(beats.services()[0]).toMatchObject({ status: 'degraded', detail: 'a: not heard of for 20 s' });
  });

  test('are not missed while the bus is away', () => {
    const { beats, wait } = clock();
    beats.hear(beat('core', 'a'));
    wait(3_600_000);
    beats.excuse();
    expect(beats.services()[0]?.status).toBe('ok');
    wait(15_001);
    expect(beats.services()[0]?.status).toBe('down');
  });

  test.each(['', '{', '[]', beat('', 'a'), beat('core', 'a', 'fine'), JSON.stringify({ service: 'core' })])('that are none are left out: %j', (data) => {
    const { beats } = clock();
    beats.hear(data);
    expect(beats.services()).toEqual([]);
  });

  test('of endless names do not fill the memory', () => {
    const { beats } = clock();
    for (let index = 0; index < 3000; index++) beats.hear(beat('core', `i${index}`));
    expect(beats.services()[0]?.instances).toHaveLength(2000);
  });
});

describe('the health of the installation', () => {
  const service = (name: string, status: 'ok' | 'degraded' | 'down') => ({ name, status, detail: '', instances: [] });

  test.each([
    ['ok', 'ok', ['ok', 'ok']],
    ['degraded', 'ok', ['ok', 'down']],
    ['degraded', 'ok', ['ok', 'degraded']],
    ['degraded', 'degraded', ['ok', 'ok']],
    ['down', 'ok', ['down', 'down']],
    ['down', 'down', ['ok', 'ok']],
  ] as const)('is %s when nats is %s and the services are %j', (expected, nats, [core, toolbox]) => {
    const report = installationReport('0.1.0', { ...ok, status: nats }, [service('core', core), service('toolbox', toolbox)]);
    expect(report).toEqual({
      status: expected,
      version: '0.1.0',
      services: { nats: { status: nats, detail: '' }, core: { status: core, detail: '' }, toolbox: { status: toolbox, detail: '' } },
    });
  });
});
