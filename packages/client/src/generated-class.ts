import type { ApiFactory } from './api-factory.ts';
import type { ApiMetadata } from './api-metadata.ts';

/** The class of a generated module. */
export interface GeneratedClass<Client> {
  readonly ApiMetadata: ApiMetadata;
  new (factory: ApiFactory): Client;
}
