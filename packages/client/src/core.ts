export { CoreApiFactory, type DefaultCredentials } from './core-api-factory.ts';
export { credentialChain } from './credentials/chain.ts';
export type { ChainOptions } from './credentials/chain-source.ts';
