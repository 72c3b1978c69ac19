import type { Audit } from './audit/audit.ts';
import { createBrand } from './branding/brand.ts';
import type { Config } from './config/config.ts';
import type { Context } from './context.ts';
import type { DirectoryConfig } from './directory/file/declaration.ts';
import type { Keys } from './keys/keys.ts';
import { AddressRate } from './limits/address-rate.ts';
import type { Drops } from './limits/drops.ts';
import { RecentlyFound } from './limits/recently-found.ts';
import { TokenBuckets } from './limits/token-bucket.ts';
import { buildDirectory } from './people/build-directory.ts';
import type { Directory } from './people/directory.ts';
import { PasswordChecker } from './people/password.ts';
import type { Store } from './store/store.ts';

/** Polls of a device code that may follow one another at once. The AWS CLI makes two before it first waits. */
const DEVICE_POLL_BURST = 3;
/** The most addresses, and the most device codes, whose pace is remembered in memory. */
const MAX_LIMITED_KEYS = 100_000;
/** The most authenticated clients that are remembered: some 2 KB each, 8 KB for the longest registration. */
const MAX_REMEMBERED_CLIENTS = 1_000;

/** The parts in which one instance differs from another. */
export interface ContextParts {
  readonly config: Config;
  readonly instanceId: string;
  readonly store: Store;
  readonly keys: Keys;
  readonly audit: Audit;
  readonly drops: Drops;
  readonly now: () => number;
}

/** Makes the context of an instance. After `replaceDirectory`, every question is answered from the new directory. */
export function createContext(parts: ContextParts): {
  readonly context: Context;
  readonly replaceDirectory: (directory: DirectoryConfig) => void;
} {
  const { config, instanceId } = parts;
  const { lifetimes, limits } = config;
  let directory = buildDirectory(config.directory, instanceId);
  const context: Context = {
    ...parts,
    store: joinUsers(parts.store, () => directory),
    brand: createBrand(config.branding),
    get directory() {
      return directory;
    },
    passwords: new PasswordChecker({ concurrency: limits.concurrentPasswordChecks }),
    authenticatedClients: new RecentlyFound(MAX_REMEMBERED_CLIENTS),
    devicePolls: new TokenBuckets({
      capacity: DEVICE_POLL_BURST,
      refillMs: lifetimes.devicePollIntervalSeconds * 1000,
      maxKeys: MAX_LIMITED_KEYS,
    }),
    deviceStarts: new AddressRate({
      perMinute: limits.deviceAuthorizationsPerAddressPerMinute,
      maxBlocks: MAX_LIMITED_KEYS,
    }),
  };
  const replaceDirectory = (replacement: DirectoryConfig) => {
    directory = buildDirectory(replacement, instanceId);
  };
  return { context, replaceDirectory };
}

/** A store whose sessions are read with their user from a directory that is not in the store. */
function joinUsers(store: Store, directory: () => Directory): Store {
  const joined: Pick<Store, 'findAuthorization' | 'findSignInSession'> = {
    async findAuthorization(id) {
      const row = await store.findAuthorization(id);
      if (row === undefined || !('userId' in row)) return row;
      const user = await directory().findUser(row.userId);
      return user === undefined ? row : { ...row, user };
    },
    async findSignInSession(id) {
      const row = await store.findSignInSession(id);
      const user = row && (await directory().findUser(row.userId));
      return row && user ? { ...row, user } : row;
    },
  };
  return new Proxy(store, {
    get(target, name) {
      if (Object.hasOwn(joined, name)) return joined[name as keyof typeof joined];
      const value = target[name as keyof Store];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
