/** Two signals of a kind within this time count as one where npm runs us: it repeats a Ctrl-C that the terminal has sent already. */
const REPEATED_WITHIN_MS = 500;

/**
 * Waits for Ctrl-C, SIGTERM, or the end of the terminal. At the second request the process ends at once.
 *
 * @param onHangup - called on SIGHUP when the process has no terminal
 * @returns the signal
 */
export function stopRequested(onHangup: () => void): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let first: { readonly name: NodeJS.Signals; readonly atMs: number } | undefined;
  const isRepeated = (name: NodeJS.Signals) =>
    process.env['npm_lifecycle_event'] !== undefined &&
    name === first?.name &&
    performance.now() - first.atMs <= REPEATED_WITHIN_MS;
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
  return promise;
}
