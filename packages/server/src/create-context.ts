import type { Audit } from './audit/audit.ts';
import { createBrand } from './branding/brand.ts';
import type { Config } from './config/config.ts';
import type { Context } from './context.ts';
import type { Keys } from './keys/keys.ts';
import { AddressRate } from './limits/address-rate.ts';
import type { Drops } from './limits/drops.ts';
import { RecentlyFound } from './limits/recently-found.ts';
import { TokenBuckets } from './limits/token-bucket.ts';
import { PasswordChecker } from './people/password.ts';
import { readRules } from './policy/rules.ts';
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

/** Makes the context of an instance. */
export function createContext(parts: ContextParts): Context {
  const { lifetimes, limits, branding } = parts.config;
  const policy = readRules(parts.config.policy);
  return {
    ...parts,
    ...(policy && { policy }),
    brand: createBrand(branding),
    directory: parts.store,
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
}
