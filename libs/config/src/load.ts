import { existsSync, statSync } from 'node:fs';
import { ConfigError, formatIssue } from './issue';
import { readLayers } from './layers';
import { createLiveStore } from './live-store';
import { locateFiles, shownPath, type ConfigFiles } from './locate';
import { placeholderWarnings } from './placeholder';
import type { Section } from './section';
import { buildSnapshot, type Snapshot } from './snapshot';
import type { ConfigStore } from './store';
import { watchFiles, type WatchOptions } from './watch';

/** The part of a logger that configuration needs. */
export interface ConfigLog {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

export interface LoadOptions {
  /** What this process reads. The same section may be named several times. */
  readonly sections: readonly Section<unknown>[];
  /** The installation's file; otherwise `ASSISTANT_CONFIG`, otherwise `local.yaml` beside the defaults, where it exists. */
  readonly file?: string;
  /** `config/default.yaml` unless told. */
  readonly defaultFile?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly dataDir: string;
  readonly log?: ConfigLog;
  /** Told after every reload: true when the newest files are in force, false when older ones are kept. */
  readonly onReload?: (ok: boolean) => void;
  readonly watch?: WatchOptions;
}

interface Read {
  readonly snapshot: Snapshot;
  /** Sentences for the operator about what is allowed and yet looks wrong. */
  readonly warnings: readonly string[];
}

/**
 * Reads, checks and watches the configuration. Layers, later ones win: schema defaults, `config/default.yaml`, the
 * installation's file, `models.yaml` beside it, `ASSISTANT__…` variables. Throws `ConfigError` with every mistake when
 * the first configuration cannot be used; later ones that cannot be used are logged and not put in force.
 */
export const loadConfig = async (options: LoadOptions): Promise<ConfigStore> => {
  const { env, log, onReload } = options;
  const files = locateFiles(options);
  const secretFiles = new Set<string>();

  const read = (): Read => {
    const warnings: string[] = [];
    secretFiles.clear();
    const { root, issues } = readLayers(files, env);
    const snapshot = buildSnapshot(options.sections, root, { environment: env, files: secretFiles, warn: (message) => void warnings.push(message) }, issues);
    return { snapshot, warnings: [...warnings, ...placeholderWarnings(root)] };
  };
  const watched = (): readonly string[] => [files.base, files.overlay, ...files.models, ...secretFiles];

  let { snapshot: current, warnings: known } = read();
  for (const warning of known) log?.warn(warning);
  const live = createLiveStore(
    current,
    () => watcher.close(),
    (section, error) => log?.warn(`What listens to ${section} failed to take the new configuration.`, { error }),
  );

  let filled = sizesOf(files);
  let complaint = '';
  const reload = (): void => {
    try {
      const sizes = sizesOf(files);
      refuseEmptied(files, filled, sizes);
      const { snapshot, warnings } = read();
      filled = sizes;
      for (const warning of warnings) if (!known.includes(warning)) log?.warn(warning);
      known = warnings;
      if (snapshot.version === current.version && complaint === '') return;
      complaint = '';
      log?.info('The configuration was reloaded.', { config: snapshot.version });
      current = snapshot;
      live.swap(snapshot);
      onReload?.(true);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== complaint) {
        const lines = error instanceof ConfigError ? error.issues.map(formatIssue) : [message];
        for (const line of lines) log?.warn(`The new configuration is not used: ${line}`);
      }
      complaint = message;
      onReload?.(false);
    } finally {
      watcher.follow(watched());
    }
  };
  const watcher = watchFiles(watched(), reload, options.watch);
  return live.store;
};

const sizesOf = ({ base, overlay }: ConfigFiles): readonly number[] => [base, overlay].map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);

/** A file that is being written may be seen empty for a moment; its installation surely meant more than nothing. */
const refuseEmptied = ({ base, overlay }: ConfigFiles, before: readonly number[], now: readonly number[]): void => {
  for (const [index, path] of [base, overlay].entries()) {
    const emptied = (before[index] ?? 0) > 0 && now[index] === 0 && existsSync(path);
    if (emptied)
      throw new ConfigError([
        { path: '', problem: `the file ${shownPath(path)} has become empty`, mend: 'Write it again; the last good configuration stays in force.' },
      ]);
  }
};
