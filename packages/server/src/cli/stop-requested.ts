/** Two signals within this time count as one: `npm start` repeats a Ctrl-C that the terminal has sent already. */
const sameRequestMs = 500;

/**
 * Waits for Ctrl-C, SIGTERM, or the end of the terminal. At the second request the process ends at once.
 *
 * @param onHangup - called on SIGHUP when the process has no terminal
 */
export function stopRequested(onHangup: () => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let requestedAtMs: number | undefined;
  const request = (_: NodeJS.Signals, signal: number) => {
    if (requestedAtMs === undefined) {
      requestedAtMs = performance.now();
      resolve();
    } else if (performance.now() - requestedAtMs > sameRequestMs) {
      process.exit(128 + signal);
    }
  };
  process.on('SIGINT', request);
  process.on('SIGTERM', request);
  process.on('SIGHUP', process.stdin.isTTY ? request : onHangup);
  return promise;
}
