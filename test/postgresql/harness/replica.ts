/**
 * A process with a store of its own, which does what the process that started it says (`replicas.ts`). It says when it is ready to
 * begin, and begins when it is told to, so that several processes begin at the same time.
 */
import * as v from 'valibot';
import { resolveSettings } from '../../../packages/server/src/config/resolve-settings.ts';
import { settingsSchema } from '../../../packages/server/src/config/settings-schema.ts';
import type { Context } from '../../../packages/server/src/context.ts';
import { createContext } from '../../../packages/server/src/create-context.ts';
import type { Client } from '../../../packages/server/src/grants/client.ts';
import { poll, refresh } from '../../../packages/server/src/grants/testing/steps.ts';
import type { IssuedTokens } from '../../../packages/server/src/grants/tokens.ts';
import { Keys } from '../../../packages/server/src/keys/keys.ts';
import { Drops } from '../../../packages/server/src/limits/drops.ts';
import { parseConnectionUrl } from '../../../packages/server/src/store/postgresql/connection-url.ts';
import { openPostgresqlStore } from '../../../packages/server/src/store/postgresql/open-postgresql-store.ts';
import type { Store, StoreOptions } from '../../../packages/server/src/store/store.ts';
import { applyFile } from './apply-file.ts';

type Methods = {
  readonly [M in keyof Store as Store[M] extends (...args: never[]) => Promise<unknown>
    ? M
    : never]: Store[M];
};

/** What a replica can do beside what its store can. */
interface Rules {
  /** Redeems a device code. `nowMs` is what the clock of the process shows. */
  redeemDeviceCode(client: Client, deviceCode: string, nowMs: number): Promise<IssuedTokens>;
  redeemRefreshToken(client: Client, refreshToken: string, nowMs: number): Promise<IssuedTokens>;
  applyFile(text: string, nowMs: number): Promise<void>;
}

export type Procedures = Omit<Methods, keyof Rules | 'close'> & Rules;

/** What a replica is told. */
export type Order =
  | { readonly kind: 'open'; readonly url: string; readonly options?: StoreOptions }
  /** Things to do, all at once, when it is told to begin. */
  | {
      readonly kind: 'prepare';
      readonly calls: readonly { readonly name: keyof Procedures; readonly args: readonly unknown[] }[];
    }
  | { readonly kind: 'begin' }
  | { readonly kind: 'close' };

/** What it says: that it is ready for `begin`, or what became of each call. */
export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly results: readonly PromiseSettledResult<unknown>[] };

let store: Store | undefined;
let act: () => Promise<Report> = async () => ({ kind: 'ready' });

async function obey(order: Order): Promise<Report> {
  switch (order.kind) {
    case 'open':
      await store?.close();
      act = async () => {
        store = await openPostgresqlStore(parseConnectionUrl(order.url), {
          ...{ release: 'of tests', now: Date.now, onOutdated: fail, onFailure: fail },
          ...order.options,
        });
        return { kind: 'done', results: [] };
      };
      return { kind: 'ready' };
    case 'prepare':
      act = async () => {
        const results = await Promise.allSettled(order.calls.map(({ name, args }) => call(name, args)));
        return { kind: 'done', results: results.map(inWords) };
      };
      return { kind: 'ready' };
    case 'begin':
      return act();
    case 'close':
      await store?.close();
      process.disconnect();
      return { kind: 'ready' };
  }
}

function call(name: keyof Procedures, args: readonly unknown[]): Promise<unknown> {
  const opened = store;
  if (opened === undefined) throw new Error('The replica has not opened its store');
  if (name in rules) return Reflect.apply(rules[name as keyof Rules], rules, args);
  return Reflect.apply(opened[name as keyof Methods], opened, args);
}

const rules: Rules = {
  async redeemDeviceCode(client, deviceCode, nowMs) {
    return poll(contextAt(nowMs), client, deviceCode);
  },
  async redeemRefreshToken(client, refreshToken, nowMs) {
    return refresh(contextAt(nowMs), client, refreshToken);
  },
  applyFile(text, nowMs) {
    return applyFile(store as Store, text, nowMs);
  },
};

/** What the rules of a process see, which has the keys of `createTestContext`. */
function contextAt(nowMs: number): Context {
  const now = () => nowMs;
  return createContext({
    config: resolveSettings(v.parse(settingsSchema, {}), (each) => each),
    instanceId: 'ssoins-7e57000000000001',
    store: store as Store,
    keys: new Keys([{ id: 1, createdAtMs: 0, secret: new Uint8Array(32).fill(1) }]),
    audit: { record() {} },
    drops: new Drops({ count() {}, log() {}, now }),
    now,
  });
}

/** An error does not go from one process to another as it is. */
function inWords(result: PromiseSettledResult<unknown>): PromiseSettledResult<unknown> {
  return result.status === 'fulfilled' ? result : { status: 'rejected', reason: String(result.reason) };
}

function fail(error: unknown): never {
  throw error;
}

process.on('message', (order: Order) => {
  void obey(order).then((report) => {
    if (process.connected) process.send?.(report);
  });
});
