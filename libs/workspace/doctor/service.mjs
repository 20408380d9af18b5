import { existsSync } from 'node:fs';
import { isListening } from '../setup/nats-info.mjs';
import { readNatsFile, runningNats } from '../setup/nats-process.mjs';
import { join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { findInstalledRuntime } from '../setup/runtime.mjs';
import { ok, problem, warning } from './finding.mjs';

const BUNDLE = join(ROOT, 'apps/standalone/dist/main.cjs');
const ASK_MS = 3000;

/** What answers on our HTTP port, when it is us. */
const askHealth = async (port) => {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(ASK_MS) });
    const body = await answer.json();
    return typeof body === 'object' && body !== null && typeof body.services === 'object' ? body : undefined;
  } catch {
    return undefined;
  }
};

const taken = (port, variable) =>
  problem(
    { en: `port ${port} is taken by another program`, zh: `端口 ${port} 已被其他程序占用` },
    {
      en: `Find it (ss -ltnp 'sport = :${port}') and stop it, or set ${variable}.`,
      zh: `请找出占用者（ss -ltnp 'sport = :${port}'）并停止，或设置 ${variable}。`,
    },
  );

/** @type {import('./finding.mjs').Check} */
export const ports = async ({ httpPort, grpcPort }) => {
  const health = await askHealth(httpPort);
  if (health !== undefined) return ok({ en: `the assistant runs on port ${httpPort}`, zh: `助手正运行在端口 ${httpPort}` });
  const findings = [];
  if (await isListening(httpPort)) findings.push(taken(httpPort, 'ASSISTANT_HTTP_PORT'));
  if (await isListening(grpcPort)) findings.push(taken(grpcPort, 'ASSISTANT_GRPC_PORT'));
  return findings.length > 0 ? findings : ok({ en: `ports ${httpPort} and ${grpcPort} are free`, zh: `端口 ${httpPort} 和 ${grpcPort} 空闲` });
};

/** @type {import('./finding.mjs').Check} */
export const services = async ({ httpPort }) => {
  const health = await askHealth(httpPort);
  if (health === undefined) return ok({ en: 'the assistant is not running', zh: '助手未在运行' });
  const ill = Object.entries(health.services).filter(([, { status }]) => status !== 'ok');
  if (ill.length === 0)
    return ok({ en: `all ${Object.keys(health.services).length} services are well`, zh: `全部 ${Object.keys(health.services).length} 项服务正常` });
  return ill.map(([name, { status, detail }]) => {
    const says = { en: `${name} is ${status}: ${detail}`, zh: `${name} 状态 ${status}：${detail}` };
    const fix = { en: `Look at its lines in the log, or at /console.`, zh: '请查看该服务的日志，或打开 /console。' };
    return status === 'degraded' ? warning(says, fix) : problem(says, fix);
  });
};

/** @type {import('./finding.mjs').Check} */
export const leftovers = async ({ dataDir }) => {
  const known = readNatsFile(dataDir);
  if (known === undefined) return [];
  if ((await runningNats(dataDir)) !== undefined) return ok({ en: `the broker answers at ${known.url}`, zh: `消息代理在 ${known.url} 正常应答` });
  return warning(
    { en: `the last run left ${dataDir}/nats.json behind; its broker is gone`, zh: `上次运行遗留了 ${dataDir}/nats.json，其消息代理已退出` },
    { en: 'Nothing to do: npm start brings a new one with the same data.', zh: '无需处理：npm start 会用相同的数据重新启动。' },
  );
};

/** @type {import('./finding.mjs').Check} */
export const configuration = async ({ environment, dataDir }) => {
  const runtime = findInstalledRuntime();
  if (!existsSync(BUNDLE) || runtime === undefined)
    return warning({ en: 'the configuration was not checked: nothing is built yet', zh: '尚未构建，未检查配置' }, { en: 'npm run build', zh: 'npm run build' });
  const { code, output } = await runCommand(runtime, [BUNDLE, '--check-config'], {
    cwd: ROOT,
    env: { ...environment, ASSISTANT_DATA_DIR: dataDir },
    capture: true,
  });
  if (code === 0) return ok({ en: 'the configuration is right', zh: '配置正确' });
  const said = output
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('{'))
    .join('\n');
  return problem({ en: `the configuration is wrong: ${said}`, zh: `配置有误：${said}` }, { en: 'Correct the line it names.', zh: '请修改其中指出的那一行。' });
};
