// Looks for what is wrong and says how to mend it: node libs/workspace/bin/doctor.mjs [--lang zh]
import { examine, languageOf, reportLines } from '../doctor/examine.mjs';
import { dataDirOf } from '../setup/paths.mjs';
import { main } from '../setup/say.mjs';

const VERDICT = {
  en: { well: 'All is well.', warnings: 'Nothing is broken.', problems: (/** @type {number} */ count) => `${count} to mend.` },
  zh: { well: '一切正常。', warnings: '没有故障。', problems: (/** @type {number} */ count) => `有 ${count} 项需要处理。` },
};

await main(async () => {
  const environment = process.env;
  const language = languageOf(process.argv, environment);
  const findings = await examine({
    dataDir: dataDirOf(environment),
    httpPort: Number(environment['ASSISTANT_HTTP_PORT'] ?? 8080),
    grpcPort: Number(environment['ASSISTANT_GRPC_PORT'] ?? 50051),
    environment,
  });
  for (const line of reportLines(findings, language)) console.log(line);
  const problems = findings.filter(({ level }) => level === 'problem').length;
  const words = VERDICT[language];
  console.log(`\n${problems > 0 ? words.problems(problems) : findings.some(({ level }) => level === 'warning') ? words.warnings : words.well}`);
  return problems > 0 ? 1 : 0;
});
