/** Opens the store in a database file, and prints what that took, as JSON. */
import { openSqliteStore } from '../../packages/server/src/store/sqlite/sqlite-store.ts';

export interface Opened {
  readonly ms: number;
  /** Resident memory of the process. */
  readonly mb: number;
}

const start = performance.now();
const store = openSqliteStore(process.argv[2] ?? '');
const ms = performance.now() - start;
console.log(JSON.stringify({ ms, mb: process.memoryUsage().rss / 1e6 } satisfies Opened));
await store.close();
