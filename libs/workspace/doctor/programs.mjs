import { existsSync } from 'node:fs';
import { isInstalled, npmCommand } from '../setup/install.mjs';
import { findNatsBinary } from '../setup/nats.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { checkRuntime, findInstalledRuntime, NODE_MAJOR } from '../setup/runtime.mjs';
import { MODULES } from '../setup/paths.mjs';
import { ok, problem, warning } from './finding.mjs';

const OLDEST_NODE = 20;
const OLDEST_PYTHON = [3, 8];

/** @type {import('./finding.mjs').Check} */
export const node = async () => {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= OLDEST_NODE) return ok({ en: `Node ${process.version}`, zh: `Node ${process.version}` });
  return problem(
    { en: `Node ${process.version} is too old`, zh: `Node ${process.version} 版本过旧` },
    { en: `Install Node ${NODE_MAJOR} from https://nodejs.org/.`, zh: `请从 https://nodejs.org/ 安装 Node ${NODE_MAJOR}。` },
  );
};

/** @type {import('./finding.mjs').Check} */
export const npm = async () => {
  const { file, args } = npmCommand();
  const { code, output } = await runCommand(file, [...args, '--version'], { capture: true, shell: process.platform === 'win32' && args.length === 0 });
  if (code === 0) return ok({ en: `npm ${output.trim().split('\n').at(-1)}`, zh: `npm ${output.trim().split('\n').at(-1)}` });
  return problem(
    { en: 'npm does not start', zh: '无法运行 npm' },
    { en: 'Install npm; it comes with Node from https://nodejs.org/.', zh: '请安装 npm（随 Node 一同提供：https://nodejs.org/）。' },
  );
};

/** @type {import('./finding.mjs').Check} */
export const packages = async () => {
  if (!existsSync(MODULES))
    return warning({ en: 'the packages are not installed yet', zh: '尚未安装依赖包' }, { en: 'npm start installs them.', zh: '运行 npm start 会自动安装。' });
  if (!isInstalled())
    return warning(
      { en: 'the installed packages are not those of package-lock.json', zh: '已安装的依赖包与 package-lock.json 不一致' },
      { en: 'npm install', zh: 'npm install' },
    );
  const runtime = findInstalledRuntime();
  if (runtime !== undefined && (await checkRuntime(runtime)))
    return ok({ en: `packages and Node ${NODE_MAJOR} for the services`, zh: `依赖包与服务所用的 Node ${NODE_MAJOR}` });
  return problem(
    { en: `Node ${NODE_MAJOR} for the services does not start`, zh: `服务所用的 Node ${NODE_MAJOR} 无法运行` },
    {
      en: `Install Node ${NODE_MAJOR} and run the commands with it, or delete node_modules and run npm start.`,
      zh: `请安装 Node ${NODE_MAJOR} 并用它运行命令，或删除 node_modules 后运行 npm start。`,
    },
  );
};

/** @type {import('./finding.mjs').Check} */
export const python = async () => {
  const { code, output } = await runCommand('python3', ['--version'], { capture: true });
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(output) ?? []).map(Number);
  const enough = major > OLDEST_PYTHON[0] || (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1]);
  if (code === 0 && enough) return ok({ en: output.trim(), zh: output.trim() });
  return warning(
    { en: `Python ${OLDEST_PYTHON.join('.')} or newer is missing: skills cannot run`, zh: `缺少 Python ${OLDEST_PYTHON.join('.')} 或更新版本：技能无法运行` },
    { en: 'Install python3 (Debian: sudo apt-get install python3).', zh: '请安装 python3（Debian：sudo apt-get install python3）。' },
  );
};

/** @type {import('./finding.mjs').Check} */
export const broker = async ({ environment }) => {
  if (environment['NATS_URL']) return ok({ en: 'NATS_URL names the broker', zh: '由 NATS_URL 指定消息代理' });
  const found = await findNatsBinary();
  if (found !== undefined) return ok({ en: `nats-server ${found.version} (${found.binary})`, zh: `nats-server ${found.version}（${found.binary}）` });
  return problem(
    { en: 'there is no nats-server', zh: '未找到 nats-server' },
    {
      en: 'Debian: sudo apt-get install nats-server; macOS: brew install nats-server; or start Docker, or set NATS_URL.',
      zh: 'Debian：sudo apt-get install nats-server；macOS：brew install nats-server；或启动 Docker，或设置 NATS_URL。',
    },
  );
};
