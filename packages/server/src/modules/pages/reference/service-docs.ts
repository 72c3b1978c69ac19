import type { ServiceReference } from '@latchkey/codegen';
import type { SourceFile } from '../../making.ts';
import type { ReferenceIndex } from '../../reference/reference-index.ts';
import type { Addresses } from './addresses.ts';

/** What the pages of one service's reference are made from. */
export interface ServiceDocs {
  readonly index: ReferenceIndex;
  readonly reference: ServiceReference;
  readonly addresses: Addresses;
  /** Where what modules import from the runtime is declared, by name. */
  readonly runtime: ReadonlyMap<string, string>;
  /** All there are, newest first. */
  readonly versions: readonly string[];
  readonly sources: readonly SourceFile[];
}
