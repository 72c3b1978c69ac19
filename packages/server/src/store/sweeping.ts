import type { Store } from './store.ts';

/** How fast a walk goes: small batches follow each other sooner. */
const ROWS_PER_MS = 10;
const BETWEEN_WALKS_MS = 30_000;
/** Rows are kept so much longer than they are good for: the clock of another process that shares the store may be behind. */
const CLOCKS_APART_MS = 60_000;

/**
 * Removes expired rows from time to time, in small batches, so that no request waits long for it.
 *
 * @param onFailure - told of a batch that failed; the next walk tries again
 * @returns stops it
 */
export function startSweeping(
  store: Pick<Store, 'sweep' | 'sweptAtOnce'>,
  { now, onFailure }: { readonly now: () => number; readonly onFailure: (error: unknown) => void },
): () => void {
  const { sweptAtOnce } = store;
  let timer: NodeJS.Timeout;
  let stopped = false;
  const schedule = (delayMs: number) => {
    if (!stopped) timer = setTimeout(batch, delayMs).unref();
  };
  const batch = () => {
    store.sweep(now() - CLOCKS_APART_MS, sweptAtOnce).then(
      ({ finished }) => schedule(finished ? BETWEEN_WALKS_MS : sweptAtOnce / ROWS_PER_MS),
      (error) => {
        onFailure(error);
        schedule(BETWEEN_WALKS_MS);
      },
    );
  };
  schedule(BETWEEN_WALKS_MS);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
