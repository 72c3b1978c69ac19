import type { Variables } from '../config-files/variables.ts';

/** Options of every provider in the chain. */
export interface ProviderOptions {
  /** Environment variables. Default: those of the process. */
  readonly env?: Variables | undefined;
}

export interface ProfileOptions extends ProviderOptions {
  /** Default: `AWS_PROFILE`, then `default`. */
  readonly profile?: string | undefined;
}
