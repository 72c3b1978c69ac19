import type { ReferenceLibrary } from './reference/reference-library.ts';
import type { ServiceLibrary } from './service-library.ts';

/** What makers work with. */
export interface Tools {
  readonly library: ServiceLibrary;
  readonly references: ReferenceLibrary;
  readonly baseUrl: string;
}
