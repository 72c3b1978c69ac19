import { constants } from 'node:os';

/** Two signals of a kind within this time count as one where npm runs us: it repeats a Ctrl-C that the terminal has sent already. */
const REPEATED_WITHIN_MS = 500;

/** Time between two looks at whether the shell is still there in which npm runs us. */
const LOOK_AT_PARENT_MS = 500;

/**
 * Waits for Ctrl-C, SIGTERM, or the end of the terminal. At the second request the process ends at once. Under npm, the end
 * of the parent counts as SIGTERM: npm passes a signal on to the shell in between, which ends without passing it on.
 *
 * @param onHangup - called on SIGHUP when the process has no terminal
 * @returns the signal
 */
export function stopRequested(onHangup: () => void): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let first: { readonly name: NodeJS.Signals; readonly atMs: number } | undefined;
  const isRepeated = (name: NodeJS.Signals) =>
    isUnderNpm() && name === first?.name && performance.now() - first.atMs <= REPEATED_WITHIN_MS;
  const request = (name: NodeJS.Signals, signal: number) => {
    if (first === undefined) {
      first = { name, atMs: performance.now() };
      resolve(name);
    } else if (!isRepeated(name)) {
      process.exit(128 + signal);
    }
  };
  process.on('SIGINT', request);
  process.on('SIGTERM', request);
  process.on('SIGHUP', process.stdin.isTTY ? request : onHangup);
  if (isUnderNpm()) {
    whenParentEnds(() => {
      // After a Ctrl-C the shell ends, too: that is no second request.
      if (first === undefined) request('SIGTERM', constants.signals.SIGTERM);
    });
  }
  return promise;
}

function isUnderNpm(): boolean {
  return process.env['npm_lifecycle_event'] !== undefined;
}

/** The parent of an orphan is another process. Windows tells of no such change. */
function whenParentEnds(act: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, LOOK_AT_PARENT_MS).unref();
}
