import type { Audit } from './audit/audit.ts';
import type { Config } from './config/config.ts';
import type { Client } from './grants/client.ts';
import type { Keys } from './keys/keys.ts';
import type { RecentlyFound } from './limits/recently-found.ts';
import type { TokenBuckets } from './limits/token-bucket.ts';
import type { Directory } from './people/directory.ts';
import type { PasswordChecker } from './people/password.ts';
import type { Store } from './store/store.ts';

/** What the rules work with: one running instance. Handed to every function that needs more than its arguments. */
export interface Context {
  readonly config: Config;
  /** `ssoins-` + 16 hex digits. */
  readonly instanceId: string;
  readonly store: Store;
  readonly keys: Keys;
  /** The directory as it stands now; replaced as a whole when the configuration is read again. */
  readonly directory: Directory;
  readonly passwords: PasswordChecker;
  readonly audit: Audit;
  /** Clients by id and secret: both are checked with the keys alone, so what was right once stays right. */
  readonly authenticatedClients: RecentlyFound<Client>;
  /** How often each device code is polled, by authorization id. Advice to clients, so memory is enough. */
  readonly devicePolls: TokenBuckets;
  /** How often each address starts a device authorization. */
  readonly deviceStarts: TokenBuckets;
  /** Milliseconds since the Unix epoch; the only clock the rules may read. */
  now(): number;
}
