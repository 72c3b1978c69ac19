import { test } from 'node:test';
import type { Store } from '../store.ts';

export type OpenStore = () => Store;

/** Runs a test with a store of its own. */
export type StoreTest = (name: string, body: (store: Store) => Promise<void>) => void;

export function testWith(open: OpenStore): StoreTest {
  return (name, body) =>
    void test(name, async () => {
      const store = open();
      try {
        await body(store);
      } finally {
        await store.close();
      }
    });
}
