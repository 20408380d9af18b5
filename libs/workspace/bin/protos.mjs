// Generates libs/contracts/src/gen from protos/: the TypeScript types (proto-loader-gen-types) and one JSON
// descriptor a service, so that a bundle needs no .proto file at run time. `--check` only compares.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync, cpSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const require = createRequire(import.meta.url);
const protobuf = createRequire(require.resolve('@grpc/proto-loader'))('protobufjs');
const services = ['gateway', 'toolbox'];
const target = join(root, 'libs/contracts/src/gen');

const list = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
        .sort()
    : [];

const generated = mkdtempSync(join(tmpdir(), 'protos-'));
try {
  for (const service of services) {
    const file = `assistant/${service}/v1/${service}.proto`;
    const options = [
      '--longs=Number',
      '--enums=String',
      '--defaults',
      '--oneofs',
      '--grpcLib=@grpc/grpc-js',
      `--outDir=${generated}`,
      '-I',
      'protos',
      '--',
      file,
    ];
    const generator = join(root, 'node_modules/@grpc/proto-loader/build/bin/proto-loader-gen-types.js');
    execFileSync(process.execPath, [generator, ...options], { cwd: root, stdio: 'pipe' });
    const schema = new protobuf.Root();
    schema.resolvePath = (_origin, name) => join(root, 'protos', name);
    await schema.load(file);
    writeFileSync(join(generated, `${service}.json`), `${JSON.stringify(schema.toJSON(), null, 1)}\n`);
  }
  if (process.argv.includes('--check')) {
    const stale = list(generated).filter(
      (name) => !existsSync(join(target, name)) || readFileSync(join(target, name), 'utf8') !== readFileSync(join(generated, name), 'utf8'),
    );
    const extra = list(target).filter((name) => !existsSync(join(generated, name)));
    if (stale.length + extra.length > 0) {
      console.error(`libs/contracts/src/gen does not match protos/: ${[...stale, ...extra].join(', ')}\nRun: node libs/workspace/bin/protos.mjs`);
      process.exitCode = 1;
    }
  } else {
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    cpSync(generated, target, { recursive: true });
    console.log(`wrote ${list(target).length} files to ${relative(root, target)}`);
  }
} finally {
  rmSync(generated, { recursive: true, force: true });
}
