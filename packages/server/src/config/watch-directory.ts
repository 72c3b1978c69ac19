import { realpathSync, watch } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { explainFileError } from '../files/file-error.ts';
import type { DirectoryConfig } from '../people/directory.ts';
import type { Config } from './config.ts';
import { ConfigError, renderProblem } from './config-error.ts';
import { type ConfigSources, loadConfig } from './load-config.ts';

/** Time from the last change of the file until it is read: editors write a file in several steps. */
const settleMs = 100;

export interface DirectoryWatcher {
  /** Reads the configuration now. Never rejects: faults are logged, and the directory stays as it was. */
  reload(): Promise<void>;
  close(): void;
}

/**
 * Reads the configuration again whenever its file changes, and passes its directory on. When other settings have changed,
 * it logs that they need a restart.
 *
 * @param options.config - the configuration that the server runs with; when it has no file, nothing is watched
 * @param options.sources - the sources of that configuration
 */
export function watchDirectory(options: {
  readonly config: Config;
  readonly sources: ConfigSources;
  readonly onChange: (directory: DirectoryConfig) => void;
  readonly log: (message: string) => void;
}): DirectoryWatcher {
  const { config: running, sources, onChange, log } = options;
  let latest = running;
  let isWrong = false;
  let reading = Promise.resolve();

  async function read(): Promise<void> {
    const before = latest;
    try {
      // Only the same file: without its name, another file or none would be found if it is gone.
      latest = (await loadConfig({ ...sources, ...(running.file !== undefined && { file: running.file }) }))
        .config;
    } catch (error) {
      const reasons = error instanceof ConfigError ? error.problems.map(renderProblem) : [String(error)];
      for (const reason of [...reasons, 'The directory stays as it was until this is put right']) log(reason);
      isWrong = true;
      return;
    }
    if (isWrong) log('The configuration is right again');
    isWrong = false;
    if (!isDeepStrictEqual(latest.directory, before.directory)) {
      onChange(latest.directory);
      log('The directory was read again');
    }
    if (settingsDiffer(latest, before) && settingsDiffer(latest, running)) {
      log('Settings other than the directory have changed: restart to apply them');
    }
  }

  const reload = () => {
    reading = reading.then(read);
    return reading;
  };
  const stopWatching = running.file === undefined ? () => {} : watchFile(running.file, reload, log);
  return { reload, close: stopWatching };
}

function settingsDiffer({ directory: _, ...one }: Config, { directory: __, ...other }: Config): boolean {
  return !isDeepStrictEqual(one, other);
}

/**
 * Watches the folders of the file and of the file that it links to, because editors and Kubernetes replace files instead
 * of writing to them.
 */
function watchFile(file: string, onChange: () => void, log: (message: string) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const settle = () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, settleMs).unref();
  };
  const watchFolder = (folder: string, name: string) =>
    watch(folder, { persistent: false }, (_, changed) => {
      // Other files of the folder are ignored: the database may be among them, and changes with every request. In a
      // mounted ConfigMap the link `..data` changes, not the file.
      if (changed === null || changed === name || changed.startsWith('..')) settle();
    }).on('error', (error) => log(`Changes of ${file} are no longer noticed: ${explainFileError(error)}`));

  try {
    const places = [file, realpathSync(file)];
    const folders = new Map(places.map((place) => [path.dirname(place), path.basename(place)]));
    const watchers = [...folders].map(([folder, name]) => watchFolder(folder, name));
    return () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    };
  } catch (error) {
    log(`Changes of ${file} are not noticed, only SIGHUP is: ${explainFileError(error)}`);
    return () => {};
  }
}
