import { test } from 'node:test';
import type { Store, StoreOptions } from '../store.ts';

/** An implementation of the store, as the tests get at it. */
export interface StoreEngine {
  readonly name: string;
  /** Opens an empty store; each test closes its own. */
  open(options?: StoreOptions): Store | Promise<Store>;
  /**
   * Within how many milliseconds the bound of device requests that wait is kept, by the instants of the inserts: 0 where no
   * insert ever exceeds it.
   */
  readonly pendingBoundLagMs: number;
}

/** Runs a test with a store of its own. */
export type StoreTest = (
  name: string,
  body: (store: Store) => Promise<void>,
  options?: StoreOptions & { readonly skip?: string | false },
) => void;

export function testWith({ open }: StoreEngine): StoreTest {
  return (name, body, { skip = false, ...options } = {}) =>
    void test(name, { skip }, async () => {
      const store = await open(options);
      try {
        await body(store);
      } finally {
        await store.close();
      }
    });
}
