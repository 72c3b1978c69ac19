import type { Variables } from '../config-files/variables.ts';

/** Options of every provider in the chain. */
export interface ProviderOptions {
  /** Environment variables. Default: those of the process. */
  readonly env?: Variables | undefined;
  /** Variables that count instead of those of `env`; an empty one counts as absent. */
  readonly overrides?: Variables | undefined;
}

/** Options of the sources of credentials that read a profile. */
export interface ProfileOptions extends ProviderOptions {
  /** Default: `AWS_PROFILE`, then `default`. */
  readonly profile?: string | undefined;
}
