import type { Variables } from '../config-files/variables.ts';

/** What every provider of the chain takes. */
export interface ProviderOptions {
  /** Instead of the environment of the process. */
  readonly env?: Variables | undefined;
}

export interface ProfileOptions extends ProviderOptions {
  /** Default: `AWS_PROFILE`, then `default`. */
  readonly profile?: string | undefined;
}
