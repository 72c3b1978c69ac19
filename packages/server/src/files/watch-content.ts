import type { MessageLog } from '../log/logger.ts';
import { explainFileError } from './file-error.ts';
import { type UnwatchedFolder, type WatchFolder, watchFolderBySystem, watchPath } from './watch-path.ts';

export interface ContentWatch {
  /** Resolves once every change from then on is noticed. */
  readonly started: Promise<void>;
  /** Passes on what is there now, at once, also when it seems to be what is in use. */
  passOnNow(): Promise<void>;
  close(): void;
}

export interface ContentWatchOptions {
  /** Absolute paths of files, or of one folder if `tree`. */
  readonly paths: readonly string[];
  /** Whether everything below the folder counts. */
  readonly tree?: boolean;
  /** What is watched, for the log, e.g. `latchkey.yaml`. */
  readonly name: string;
  /** @returns a text that is another one when the content is. A rejection counts as a content, too. */
  readonly digest: () => Promise<string>;
  /** The digest of what is in use. By default, what is there at first is. */
  readonly inUse?: string;
  /** Takes what is there now. Called again only once it has resolved. Never rejects. */
  readonly onChange: () => Promise<void>;
  /** Interval of the comparisons, in milliseconds. */
  readonly compareEveryMs: number;
  readonly log: MessageLog;
  /** Default: by the events of the file system. */
  readonly watchFolder?: WatchFolder;
}

/** Time without events after which the content is read: most writers write several times. */
const QUIET_MS = 100;
/** A change is passed on once it was read twice alike, this long apart, because a file may be half written. */
const CONFIRM_AFTER_MS = 900;
/** Time after which a reading that has not ended is logged, and again. */
const SLOW_MS = 60_000;

/**
 * Watches the content of files, or of a folder. An event of the file system leads to a reading at once. A comparison now and
 * then finds the changes of which no event tells: on network file systems, by a mount, and beyond the system's limits.
 */
export function watchContent(options: ContentWatchOptions): ContentWatch {
  const { paths, tree = false, watchFolder = watchFolderBySystem, compareEveryMs } = options;
  const watches = paths.map((path) =>
    watchPath(path, { tree, watchFolder, onEvent: () => lookIn(QUIET_MS) }),
  );
  let { inUse } = options;
  let seenOnce: string | undefined;
  let unwatched: string | undefined;
  let nextLook: NodeJS.Timeout | undefined;
  let nextComparison: NodeJS.Timeout | undefined;
  let isClosed = false;
  let queue = Promise.resolve();

  function enqueue(act: () => Promise<void>): Promise<void> {
    queue = queue
      .then(() => (isClosed ? undefined : act()))
      .catch((error: unknown) => options.log.error(`${options.name} could not be looked at: ${error}`));
    return queue;
  }

  function lookIn(ms: number): void {
    clearTimeout(nextLook);
    nextLook = isClosed ? undefined : setTimeout(() => void enqueue(look), ms).unref();
  }

  async function compare(): Promise<void> {
    try {
      await look();
    } finally {
      nextComparison = isClosed ? undefined : setTimeout(() => void enqueue(compare), compareEveryMs).unref();
    }
  }

  async function look(): Promise<void> {
    const now = await read();
    inUse ??= now;
    const isConfirmed = now === seenOnce;
    seenOnce = now === inUse || isConfirmed ? undefined : now;
    if (isConfirmed) await passOn(now);
    else if (seenOnce !== undefined) lookIn(CONFIRM_AFTER_MS);
  }

  /** What changes after the folders are watched, and the content was not read yet, may be in it, and is reported, too. */
  async function read(): Promise<string> {
    const slow = setInterval(tellSlow, SLOW_MS).unref();
    try {
      // One after another, so that a file system that does not answer holds one of Node's few threads only.
      let problem: UnwatchedFolder | undefined;
      for (const each of watches) problem = (await each.renew()) ?? problem;
      tellUnwatched(problem);
      return await options.digest().catch((error: unknown) => `unreadable: ${explainFileError(error)}`);
    } finally {
      clearInterval(slow);
    }
  }

  function tellSlow(): void {
    const seconds = SLOW_MS / 1000;
    const { name, log } = options;
    if (isClosed) return;
    log.warn(
      `The file system has not answered for ${seconds} s: changes of ${name} are not noticed until it does`,
    );
  }

  async function passOn(now: string): Promise<void> {
    inUse = now;
    if (!isClosed) await options.onChange();
  }

  function tellUnwatched(problem: UnwatchedFolder | undefined): void {
    const message = problem && `${problem.folder} cannot be watched: ${explainWatchError(problem.error)}`;
    if (message === unwatched || isClosed) return;
    unwatched = message;
    const { name, log } = options;
    const seconds = Math.ceil((compareEveryMs + CONFIRM_AFTER_MS) / 1000);
    if (message === undefined) log.info(`Every change of ${name} is noticed at once again`);
    else
      log.warn(
        `${message}. A change of ${name} that is made there is noticed within ${seconds} s, not at once`,
      );
  }

  return {
    started: enqueue(compare),
    passOnNow: () => enqueue(async () => passOn(await read())),
    close() {
      isClosed = true;
      clearTimeout(nextLook);
      clearTimeout(nextComparison);
      for (const each of watches) each.close();
    },
  };
}

function explainWatchError(error: unknown): string {
  switch (error instanceof Error && 'code' in error && error.code) {
    case 'ENOSPC':
      return 'the limit of watches is reached (on Linux: sysctl fs.inotify.max_user_watches)';
    case 'EMFILE':
      return 'the limit of watching programs is reached (on Linux: sysctl fs.inotify.max_user_instances)';
    default:
      return explainFileError(error);
  }
}
