/** `npm start` passes on a Ctrl-C that the terminal has sent already: within this time both are one. */
const sameRequestMs = 500;

/**
 * Waits for Ctrl-C or SIGTERM, or for the terminal to be closed. Asked a second time, the process ends at once.
 *
 * @param onHangup - what SIGHUP means to a service, which has no terminal
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
