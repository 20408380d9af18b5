import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * Packages that read a .proto file beside themselves when they start. In a bundle there is no such file, so the call
 * is replaced by one that holds the schema.
 */
const READERS = [
  {
    file: /[\\/]grpc-health-check[\\/]build[\\/]src[\\/]health\.js$/,
    proto: '../../proto/health/v1/health.proto',
    call: /\.loadSync\)\('health\/v1\/health\.proto', \{/,
    by: '.fromJSON)($SCHEMA, {',
    keepCase: true,
  },
  {
    file: /[\\/]reflection-v1\.js$/,
    proto: '../../proto/grpc/reflection/v1/reflection.proto',
    call: /\.loadSync\(protoPath, /,
    by: '.fromJSON($SCHEMA, ',
    keepCase: true,
  },
  {
    file: /[\\/]reflection-v1alpha\.js$/,
    proto: '../../proto/grpc/reflection/v1alpha/reflection.proto',
    call: /\.loadSync\(protoPath, /,
    by: '.fromJSON($SCHEMA, ',
    keepCase: true,
  },
];

const schemaOf = (file, keepCase) => {
  const protobuf = createRequire(require.resolve('@grpc/proto-loader'))('protobufjs');
  return JSON.stringify(new protobuf.Root().loadSync(file, { keepCase }).toJSON());
};

/** The esbuild plugin. A package that changed its call fails the build, not the service. */
export const embedProtos = {
  name: 'embed-protos',
  setup(build) {
    for (const { file, proto, call, by, keepCase } of READERS) {
      build.onLoad({ filter: file }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        if (!call.test(source))
          return { errors: [{ text: `${path} no longer reads its .proto file in the way that libs/workspace/build/embed-protos.mjs replaces` }] };
        const schema = schemaOf(resolve(dirname(path), proto), keepCase);
        return { contents: source.replace(call, () => by.replace('$SCHEMA', () => schema)), loader: 'js' };
      });
    }
  },
};
