import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export interface ConfigFiles {
  /** Shipped defaults. */
  readonly base: string;
  /** The installation's own file, laid over the defaults. */
  readonly overlay: string;
  /** The overlay was named on purpose, so it must exist. */
  readonly overlayRequired: boolean;
  /** Where custom models may be registered; the first that exists counts. */
  readonly models: readonly string[];
}

export interface LocateOptions {
  readonly file?: string | undefined;
  readonly defaultFile?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Which files make up the configuration, as absolute paths. They need not exist. */
export const locateFiles = ({ file, defaultFile, env }: LocateOptions): ConfigFiles => {
  const base = resolve(defaultFile ?? 'config/default.yaml');
  const named = file ?? (env['ASSISTANT_CONFIG'] === '' ? undefined : env['ASSISTANT_CONFIG']);
  const overlay = named === undefined ? join(dirname(base), 'local.yaml') : resolve(named);
  const models = [...new Set([join(dirname(overlay), 'models.yaml'), join(dirname(base), 'models.yaml')])];
  return { base, overlay, overlayRequired: named !== undefined, models };
};

/** The models file in force, if there is one. */
export const modelsFile = ({ models }: ConfigFiles): string | undefined => models.find((path) => existsSync(path));

/** A path as people know it: relative to where the process was started, if it lies below. */
export const shownPath = (path: string): string => {
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') ? path : short;
};
