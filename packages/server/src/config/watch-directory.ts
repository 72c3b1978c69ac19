import { hash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { DirectoryConfig } from '../directory/file/declaration.ts';
import { nameKey } from '../directory/name-key.ts';
import { explainFileError } from '../files/file-error.ts';
import { watchContent } from '../files/watch-content.ts';
import type { WatchFolder } from '../files/watch-path.ts';
import type { MessageLog } from '../log/logger.ts';
import { enabledUsers, lostAccess } from '../people/lost-access.ts';
import { changedSettings } from './changed-settings.ts';
import type { Config } from './config.ts';
import { ConfigError, renderProblem } from './config-error.ts';
import { readConfigText } from './config-file.ts';
import type { DirectoryGuard, LargeChange } from './directory-guard.ts';
import { describeLargeChange, waysToConfirm } from './explain-refusal.ts';
import { type ConfigSources, displayPath, type LoadedConfig, loadConfig } from './load-config.ts';

export interface DirectoryWatcher {
  /** Resolves once every change from then on is noticed. */
  readonly started: Promise<void>;
  /** Reads the configuration now. Never rejects: faults are logged, and the directory stays as it was. */
  reload(): Promise<void>;
  close(): void;
}

export interface DirectoryWatcherOptions {
  /** The configuration at the start; when it has no file, nothing is watched. */
  readonly loaded: LoadedConfig;
  /** The sources of that configuration. */
  readonly sources: ConfigSources;
  readonly guard: DirectoryGuard;
  /** The directory that is served: that of the guard, when it refused the configuration at the start. */
  readonly directory: DirectoryConfig;
  readonly onChange: (directory: DirectoryConfig) => void;
  /** Told at the start and after each reading whether the file is refused or faulty, so that another directory is in use. */
  readonly onVerdict: (isRefused: boolean) => void;
  readonly log: MessageLog;
  /** Default: by the events of the file system. */
  readonly watchFolder?: WatchFolder;
}

/** Interval at which the content of the file is compared with what is in use. */
const COMPARE_EVERY_MS = 10_000;
/** Interval at which a confirmation by `latchkey check --confirm` is looked for, while a change is refused. */
const LOOK_FOR_CONFIRMATION_MS = 1_000;
/** A change that stays refused is logged again after so many looks: once an hour. */
const LOOKS_UNTIL_REMINDER = 3_600;

/**
 * Reads the configuration again whenever its file changes, and passes its directory on, unless the guard refuses it. When
 * other settings have changed, it logs which need a restart.
 */
export function watchDirectory(options: DirectoryWatcherOptions): DirectoryWatcher {
  const { sources, guard, onChange, onVerdict, log } = options;
  const running = options.loaded.config;
  const { file } = running;
  const name = file === undefined ? 'the configuration' : displayPath(file, sources.cwd);
  let { directory } = options;
  let isWrong = false;
  let refused: LargeChange | undefined;
  let confirmation: NodeJS.Timeout | undefined;
  let waitingForRestart = '';
  let isClosed = false;
  let reading = Promise.resolve();

  async function read(): Promise<void> {
    let loaded: LoadedConfig;
    try {
      if (file !== undefined) await requireFile(file, name);
      // Only the same file: without its name, another one or none would be found if it is gone. The files that it names are
      // watched by themselves, and must not stand in the way of disabling somebody.
      loaded = await loadConfig({ ...sources, ...(file !== undefined && { file }) }, { namedFiles: false });
    } catch (error) {
      const reasons = error instanceof ConfigError ? error.problems.map(renderProblem) : [String(error)];
      for (const reason of [...reasons, 'The directory stays as it was until this is put right'])
        log.error(reason);
      isWrong = true;
      onVerdict(true);
      return;
    }
    // The server gives its data folder away when it closes.
    if (isClosed) return;
    if (isWrong) log.info('The configuration is right again');
    isWrong = false;
    consider(loaded);
    tellRestart(loaded.config);
  }

  function consider(loaded: LoadedConfig, { isStart = false } = {}): void {
    const verdict = guard.judge(loaded);
    clearTimeout(confirmation);
    onVerdict(verdict.kind !== 'taken');
    if (verdict.kind === 'empty') {
      log.error(
        `REFUSED: ${name} has no settings at all, as if it were being written. The directory stays as it was`,
      );
      log.error('If everybody is to be removed, write: users: []');
    } else if (verdict.kind === 'refused') {
      refuse(verdict.change, loaded);
    } else {
      if (verdict.confirmed !== undefined) log.warn(`The change ${verdict.confirmed.name} is confirmed`);
      else if (refused !== undefined) log.info(`The change ${refused.name} is not in ${name} any more`);
      refused = undefined;
      const effect = take(loaded, verdict.confirmed);
      if (!isStart) log.info(`The directory was read again (${effect})`);
    }
  }

  function refuse(change: LargeChange, loaded: LoadedConfig): void {
    refused = change;
    const { command, what, line } = waysToConfirm(change, loaded, sources);
    const messages = [
      `REFUSED: ${name} ${describeLargeChange(change)}. The directory stays as it was`,
      `If that is meant, run \`${command}\`, or ${what}: ${line}`,
    ];
    for (const message of messages) log.error(message);
    waitForConfirmation(change, messages);
  }

  function waitForConfirmation(change: LargeChange, messages: readonly string[], looks = 1): void {
    confirmation = setTimeout(() => {
      if (guard.isConfirmedHere(change)) {
        void reload();
        return;
      }
      if (looks % LOOKS_UNTIL_REMINDER === 0) for (const message of messages) log.error(message);
      waitForConfirmation(change, messages, looks + 1);
    }, LOOK_FOR_CONFIRMATION_MS).unref();
  }

  /** @returns what the change did, for the log */
  function take(loaded: LoadedConfig, confirmed: LargeChange | undefined): string {
    try {
      guard.take(loaded, confirmed);
    } catch (error) {
      log.error(`The directory in force cannot be kept in the data folder: ${explainFileError(error)}`);
    }
    const before = directory;
    directory = loaded.config.directory;
    const isSame = isDeepStrictEqual(directory, before);
    if (!isSame) onChange(directory);
    return isSame ? 'nothing has changed in it' : summarize(before, directory);
  }

  function tellRestart(config: Config): void {
    const names = changedSettings(running, config).join(', ');
    if (names === waitingForRestart) return;
    waitingForRestart = names;
    if (names === '') log.info('All settings are again as the server runs with them: no restart is needed');
    else log.warn(`Settings that need a restart have changed: ${names}. Restart to apply them`);
  }

  function reload(): Promise<void> {
    reading = reading.then(read);
    return reading;
  }

  consider(options.loaded, { isStart: true });
  const watch =
    file &&
    watchContent({
      paths: [file],
      name,
      digest: async () => {
        await requireFile(file, name);
        return digestOf(await readConfigText(file, name));
      },
      inUse: digestOf(options.loaded.text),
      onChange: reload,
      compareEveryMs: COMPARE_EVERY_MS,
      log,
      ...(options.watchFolder && { watchFolder: options.watchFolder }),
    });
  return {
    started: watch ? watch.started : Promise.resolve(),
    reload: () => (watch ? watch.passOnNow() : reload()),
    close() {
      isClosed = true;
      clearTimeout(confirmation);
      if (watch) watch.close();
    },
  };
}

/** A pipe can be read once only, and reading it again would wait for ever. */
async function requireFile(file: string, name: string): Promise<void> {
  const status = await stat(file).catch(() => undefined);
  if (status === undefined || status.isFile() || status.isDirectory()) return;
  throw new ConfigError([
    { source: name, message: 'is no file, such as a pipe, and cannot be read again without a restart' },
  ]);
}

function digestOf(text: string): string {
  return hash('sha256', text);
}

function summarize(before: DirectoryConfig, after: DirectoryConfig): string {
  const known = new Set(enabledUsers(before).map(({ userName }) => nameKey(userName)));
  const people = enabledUsers(after);
  const added = people.filter(({ userName }) => !known.has(nameKey(userName)));
  return `people: ${people.length}, new: ${added.length}, access ended: ${lostAccess(before, after).length}`;
}
