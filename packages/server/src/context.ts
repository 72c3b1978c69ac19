import type { Audit } from './audit/audit.ts';
import type { Brand } from './branding/brand.ts';
import type { Config } from './config/config.ts';
import type { Client } from './grants/client.ts';
import type { Keys } from './keys/keys.ts';
import type { AddressRate } from './limits/address-rate.ts';
import type { Drops } from './limits/drops.ts';
import type { RecentlyFound } from './limits/recently-found.ts';
import type { TokenBuckets } from './limits/token-bucket.ts';
import type { Directory } from './people/directory.ts';
import type { PasswordChecker } from './people/password.ts';
import type { Rule } from './policy/rules.ts';
import type { Store } from './store/store.ts';

/** One running instance, as the rules see it: its configuration, store, keys, directory, limits and clock. */
export interface Context {
  readonly config: Config;
  /** The rules of the policy. Absent where there are none, so that a request asks nothing more. */
  readonly policy?: readonly Rule[];
  readonly brand: Brand;
  /** `ssoins-` + 16 hex digits. */
  readonly instanceId: string;
  readonly store: Store;
  readonly keys: Keys;
  /** Who may sign in, and what they may reach, as of each question. */
  readonly directory: Directory;
  readonly passwords: PasswordChecker;
  readonly audit: Audit;
  /** Where drops are recorded: what the bounds of something shared made the server give up. */
  readonly drops: Drops;
  /**
   * Clients that were authenticated lately, by id and secret. Both are checked with the keys alone, so a right pair
   * stays right.
   */
  readonly authenticatedClients: RecentlyFound<Client>;
  /** The pace of polls for each device code, by authorization id. It only advises clients, so memory is enough. */
  readonly devicePolls: TokenBuckets;
  /** The pace at which each address starts device authorizations. */
  readonly deviceStarts: AddressRate;
  /** Milliseconds since the Unix epoch; the only clock the rules may read. */
  now(): number;
}
