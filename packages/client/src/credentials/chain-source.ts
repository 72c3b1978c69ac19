import type { CredentialProvider } from './credentials.ts';
import type { IniOptions } from './from-ini.ts';

/** What the chain is told besides the environment. */
export type ChainOptions = IniOptions;

/** A link of the chain of sources, loaded when it is its turn. */
export interface Source {
  /** As a person would look for it. */
  readonly name: string;
  load(options: ChainOptions): Promise<CredentialProvider>;
}
