import type { CredentialProvider } from './credentials.ts';
import type { IniOptions } from './from-ini.ts';

/** Options of the default chain. */
export type ChainOptions = IniOptions;

/** A source in the default chain. Its code is loaded when its turn comes. */
export interface Source {
  /** Name that a person would look for, for error messages. */
  readonly name: string;
  load(options: ChainOptions): Promise<CredentialProvider>;
}
