import { spawnSync } from 'node:child_process';
import { collectProcessMetrics, metrics, registry } from '@assistant/telemetry';
import { Counter, Gauge, type Histogram } from 'prom-client';

const found = spawnSync('promtool', ['--version']).error === undefined;
if (!found) process.stdout.write('skipped: promtool is not on PATH, so /metrics is not checked by it\n');

/** One series of each metric, its labels filled with values as they come. */
const fill = (): void => {
  for (const metric of Object.values<Counter | Gauge | Histogram>(metrics)) {
    const names: readonly string[] = 'labelNames' in metric && Array.isArray(metric.labelNames) ? metric.labelNames : [];
    const labels = Object.fromEntries(names.map((name) => [name, 'a "strange"\\ value\n模型']));
    if (metric instanceof Counter) metric.inc(labels, 1);
    else if (metric instanceof Gauge) metric.set(labels, 0.5);
    else metric.observe(labels, 1.5);
  }
};

const check = (text: string) => spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });

(found ? describe : describe.skip)('/metrics', () => {
  test('has nothing that promtool complains about.', async () => {
    collectProcessMetrics();
    fill();
    const text = await registry.metrics();
    for (const { name } of await registry.getMetricsAsJSON()) expect(text).toContain(`# TYPE ${name} `);
    const { status, stdout, stderr } = check(text);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('would be refused with a gauge that is named like a counter.', () => {
    expect(check('# HELP wrong_total A gauge.\n# TYPE wrong_total gauge\nwrong_total 1\n').status).not.toBe(0);
  });
});
