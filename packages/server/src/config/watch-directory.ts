import { stat } from 'node:fs/promises';
import { findRevision, type Reconciled } from '../directory/file/reconcile-file.ts';
import { explainFileError } from '../files/file-error.ts';
import { watchContent } from '../files/watch-content.ts';
import type { WatchFolder } from '../files/watch-path.ts';
import type { MessageLog } from '../log/logger.ts';
import type { Store } from '../store/store.ts';
import { StoreUnavailable } from '../store/store-unavailable.ts';
import { applyFormerDirectory } from './apply-former-directory.ts';
import { changedSettings } from './changed-settings.ts';
import type { Config } from './config.ts';
import { ConfigError, renderProblem } from './config-error.ts';
import { digestConfigFile } from './config-file.ts';
import type { DirectoryGuard, LargeChange } from './directory-guard.ts';
import { describeLargeChange, waysToConfirm } from './explain-refusal.ts';
import { judgeDirectory } from './judge-directory.ts';
import { type ConfigSources, displayPath, type LoadedConfig } from './load-config.ts';
import type { Findings, LoadedFacts, ReadDirectory } from './loaded-directory.ts';
import { readDirectory } from './read-directory.ts';

export interface DirectoryWatcher {
  /** Resolves once the directory of the start was applied, or refused, and every change from then on is noticed. */
  readonly started: Promise<void>;
  /** Whether what the configuration has now is refused or faulty, so that another directory is in use. */
  readonly isRefused: boolean;
  /** Reads the configuration now. Never rejects: faults are logged, and the directory stays as it was. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface DirectoryWatcherOptions {
  /** The configuration at the start; when it has no file, nothing is watched. */
  readonly loaded: Pick<LoadedConfig, 'config' | 'text'>;
  /** The directory at the start. Absent: the store has it already. */
  readonly directory?: ReadDirectory;
  /** The sources of that configuration. */
  readonly sources: ConfigSources;
  readonly guard: DirectoryGuard;
  readonly store: Store;
  readonly instanceId: string;
  readonly now: () => number;
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
/** Time without a change of another server, after which it has applied its directory, or has died of it. */
const QUIET_MS = 1_000;
/** Time after which a directory that met no store is applied again. */
const TRY_AGAIN_MS = 5_000;
/** Interval at which the progress of a long change is logged. */
const TELL_PROGRESS_MS = 5_000;

/**
 * Keeps the directory in the store as the configuration declares it: reads the configuration again whenever its file changes,
 * and applies it, unless the guard refuses it. A newer file stops an older one that is being applied. When other settings
 * have changed, it logs which need a restart.
 */
export function watchDirectory(options: DirectoryWatcherOptions): DirectoryWatcher {
  const keeper = new DirectoryKeeper(options);
  const { sources, loaded, log, watchFolder } = options;
  const { file } = loaded.config;
  if (file === undefined) {
    return {
      started: keeper.begin(),
      get isRefused() {
        return keeper.isRefused;
      },
      reload: () => keeper.read(),
      close: () => keeper.close(),
    };
  }
  const name = displayPath(file, sources.cwd);
  const begun = keeper.begin();
  const watch = watchContent({
    paths: [file],
    name,
    digest: async () => {
      await requireFile(file, name);
      return digestConfigFile(file);
    },
    ...(loaded.text && { inUse: loaded.text.digest }),
    // Not awaited: a newer file is to stop this one.
    onChange: async () => void keeper.read(),
    compareEveryMs: COMPARE_EVERY_MS,
    log,
    ...(watchFolder && { watchFolder }),
  });
  return {
    started: Promise.all([begun, watch.started]).then(() => undefined),
    get isRefused() {
      return keeper.isRefused;
    },
    async reload() {
      await watch.passOnNow();
      await keeper.idle();
    },
    async close() {
      watch.close();
      await keeper.close();
    },
  };
}

/** Applies one configuration after the other. */
class DirectoryKeeper {
  readonly #options: DirectoryWatcherOptions;
  readonly #name: string;
  isRefused = false;
  /** Whether the last reading found a fault. */
  #isWrong = false;
  #refused: LargeChange | undefined;
  #confirmation: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #waitingForRestart = '';
  #isClosed = false;
  #current: { readonly stop: AbortController; readonly done: Promise<void> } | undefined;

  constructor(options: DirectoryWatcherOptions) {
    this.#options = options;
    const { file } = options.loaded.config;
    this.#name = file === undefined ? 'the configuration' : displayPath(file, options.sources.cwd);
  }

  /** Applies the directory of the start. */
  begin(): Promise<void> {
    return this.#replace(async (signal) => {
      const { directory, store, instanceId, now, guard, log } = this.#options;
      const { dataDir } = this.#options.loaded.config;
      await applyFormerDirectory(dataDir, { store, instanceId, now, guard, log });
      if (directory === undefined) this.#tell(false);
      else await this.#consider(directory, signal, { isStart: true });
    });
  }

  /** Reads the configuration, and applies it. */
  read(): Promise<void> {
    return this.#replace((signal) => this.#read(signal));
  }

  /** Resolves once nothing is being read or applied. */
  async idle(): Promise<void> {
    while (this.#current !== undefined) {
      const { done } = this.#current;
      await done;
      if (this.#current?.done === done) this.#current = undefined;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#confirmation);
    clearTimeout(this.#retry);
    this.#current?.stop.abort(new Stopped());
    await this.idle();
  }

  /** Stops what is being done, and does something else once that has stopped. */
  #replace(act: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const before = this.#current;
    before?.stop.abort(new Stopped());
    const stop = new AbortController();
    const done = (async () => {
      await before?.done;
      if (this.#isClosed) return;
      try {
        await act(stop.signal);
      } catch (error) {
        if (error instanceof StoreUnavailable) this.#tryLater(error);
        else if (!(error instanceof Stopped)) this.#fail(error);
      }
    })();
    this.#current = { stop, done };
    return done;
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { sources, loaded } = this.#options;
    const { file } = loaded.config;
    if (file !== undefined) await requireFile(file, this.#name);
    // Only the same file: without its name, another one or none would be found if it is gone. The files that it names are
    // watched by themselves, and must not stand in the way of disabling somebody.
    const directory = await readDirectory(
      { ...sources, ...(file !== undefined && { file }) },
      { namedFiles: false, signal },
    );
    // The server gives its data folder away when it closes.
    if (this.#isClosed) return directory.close();
    await this.#consider(directory, signal);
  }

  /** Reads again once the store may be back: nobody would touch the file for that. */
  #tryLater({ message }: StoreUnavailable): void {
    const { log } = this.#options;
    if (!this.#isWrong) log.error(`${message}. The directory of ${this.#name} is applied once it can be`);
    this.#isWrong = true;
    this.#tell(true);
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.read(), TRY_AGAIN_MS).unref();
  }

  /** Logs a fault. The directory stays as it was. */
  #fail(error: unknown): void {
    const { log } = this.#options;
    const reasons = error instanceof ConfigError ? error.problems.map(renderProblem) : [String(error)];
    for (const reason of [...reasons, 'The directory stays as it was until this is put right'])
      log.error(reason);
    this.#isWrong = true;
    this.#tell(true);
  }

  #tell(isRefused: boolean): void {
    this.isRefused = isRefused;
    this.#options.onVerdict(isRefused);
  }

  async #consider(directory: ReadDirectory, signal: AbortSignal, { isStart = false } = {}): Promise<void> {
    await using _ = { [Symbol.asyncDispose]: () => directory.close() };
    while ((await this.#bring(directory, signal, isStart)) === 'outdated') {
      const { guard, log } = this.#options;
      log.info('Another server applies a directory at the same time: waiting until that is done');
      await this.#awaitOthers(signal);
      if (!(await this.#isApplied(directory))) continue;
      this.#keep(() => guard.finish());
      log.info(`Another server has applied ${this.#name}`);
      break;
    }
    if (!isStart) this.#tellRestart(directory.facts.config);
  }

  /** Resolves once nobody has changed the directory of the file for a while. */
  async #awaitOthers(signal: AbortSignal): Promise<void> {
    const { store } = this.#options;
    let revision: number | undefined;
    for (let now = await findRevision(store); now !== revision; now = await findRevision(store)) {
      revision = now;
      // At random, so that of several who wait one is first.
      await pause(QUIET_MS * (1 + Math.random()), signal);
    }
  }

  async #isApplied({ facts }: ReadDirectory): Promise<boolean> {
    const { digest } = (await this.#options.store.findSource('file')) ?? {};
    return digest !== undefined && Buffer.compare(digest, facts.digest) === 0;
  }

  /** @returns `outdated`: another server has applied a directory meanwhile */
  async #bring(
    directory: ReadDirectory,
    signal: AbortSignal,
    isStart: boolean,
  ): Promise<'outdated' | undefined> {
    const { guard, log } = this.#options;
    const { facts } = directory;
    const { findings, verdict } = await judgeDirectory(directory, { ...this.#options, signal });
    if (this.#isWrong) log.info('The configuration is right again');
    this.#isWrong = false;
    clearTimeout(this.#confirmation);
    if (verdict.kind === 'empty') {
      this.#tell(true);
      log.error(
        `REFUSED: ${this.#name} has no settings at all, as if it were being written. The directory stays as it was`,
      );
      log.error('If everybody is to be removed, write: users: []');
    } else if (verdict.kind === 'refused') {
      this.#tell(true);
      this.#refuse(verdict.change, facts);
    } else {
      this.#tell(false);
      if (verdict.confirmed !== undefined) log.warn(`The change ${verdict.confirmed.name} is confirmed`);
      else if (this.#refused !== undefined)
        log.info(`The change ${this.#refused.name} is not in ${this.#name} any more`);
      this.#refused = undefined;
      this.#keep(() => guard.take(facts, verdict.confirmed));
      if ((await this.#apply(directory, findings, signal, isStart)) === 'outdated') return 'outdated';
      this.#keep(() => guard.finish());
    }
    return undefined;
  }

  async #apply(
    directory: ReadDirectory,
    findings: Findings,
    signal: AbortSignal,
    isStart: boolean,
  ): Promise<'outdated' | undefined> {
    const { store, now, log } = this.#options;
    const startMs = now();
    let toldMs = startMs;
    const done = await directory.reconcile({
      ...{ store, now, signal },
      onProgress(differences) {
        if (now() - toldMs < TELL_PROGRESS_MS) return;
        toldMs = now();
        log.info(`The directory is being changed: ${differences} changes so far`);
      },
    });
    if (done === 'outdated') return 'outdated';
    for (const { kind, name } of done.handedOver) {
      log.warn(
        `${this.#name} does not have the ${WORDS[kind]} "${name}" any more, but other sources refer to it: it is now one of the command line (latchkey ${COMMANDS[kind]})`,
      );
    }
    const seconds = Math.round((now() - startMs) / 1000);
    if (!isStart || seconds > 0) {
      log.info(`The directory was read ${isStart ? 'in' : 'again'} (${summarize(findings, done, seconds)})`);
    }
    return undefined;
  }

  #refuse(change: LargeChange, facts: LoadedFacts): void {
    this.#refused = change;
    const { command, what, line } = waysToConfirm(change, facts, this.#options.sources);
    const messages = [
      `REFUSED: ${this.#name} ${describeLargeChange(change)}. The directory stays as it was`,
      `If that is meant, run \`${command}\`, or ${what}: ${line}`,
    ];
    for (const message of messages) this.#options.log.error(message);
    this.#waitForConfirmation(change, messages);
  }

  #waitForConfirmation(change: LargeChange, messages: readonly string[], looks = 1): void {
    this.#confirmation = setTimeout(() => {
      if (this.#options.guard.isConfirmedHere(change)) {
        void this.read();
        return;
      }
      if (looks % LOOKS_UNTIL_REMINDER === 0)
        for (const message of messages) this.#options.log.error(message);
      this.#waitForConfirmation(change, messages, looks + 1);
    }, LOOK_FOR_CONFIRMATION_MS).unref();
  }

  #keep(act: () => void): void {
    try {
      act();
    } catch (error) {
      const reason = explainFileError(error);
      this.#options.log.error(`What was taken cannot be noted in the data folder: ${reason}`);
    }
  }

  #tellRestart(config: Config): void {
    const { loaded, log } = this.#options;
    const names = changedSettings(loaded.config, config).join(', ');
    if (names === this.#waitingForRestart) return;
    this.#waitingForRestart = names;
    if (names === '') log.info('All settings are again as the server runs with them: no restart is needed');
    else log.warn(`Settings that need a restart have changed: ${names}. Restart to apply them`);
  }
}

/** Waits. @throws the reason of the signal */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return promise.finally(() => clearTimeout(timer));
}

/** Why something stopped: something newer is to be done. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

const WORDS = { user: 'user', group: 'group', account: 'account', permissionSet: 'permission set' } as const;
const COMMANDS = {
  user: 'user',
  group: 'group',
  account: 'account',
  permissionSet: 'permission-set',
} as const;

/** A pipe can be read once only, and reading it again would wait for ever. */
async function requireFile(file: string, name: string): Promise<void> {
  const status = await stat(file).catch(() => undefined);
  if (status === undefined || status.isFile() || status.isDirectory()) return;
  throw new ConfigError([
    { source: name, message: 'is no file, such as a pipe, and cannot be read again without a restart' },
  ]);
}

function summarize({ peopleAfter, added, ended }: Findings, done: Reconciled, seconds: number): string {
  if (done.differences === 0) return 'nothing has changed in it';
  const time = seconds === 0 ? '' : `, took ${seconds} s`;
  return `people: ${peopleAfter}, new: ${added}, access ended: ${ended.length}${time}`;
}
