import type { ServiceReference } from '@latchkey/codegen';
import type { ReferenceIndex } from '../../reference/reference-index.ts';
import type { SourceFile } from '../../render-messages.ts';
import type { ReferenceUrls } from './reference-urls.ts';

/** What the pages of one service's reference are made from. */
export interface ServiceDocs {
  readonly index: ReferenceIndex;
  readonly reference: ServiceReference;
  readonly urls: ReferenceUrls;
  /** Where what modules import from the runtime is declared, by name. */
  readonly runtime: ReadonlyMap<string, string>;
  /** All there are, newest first. */
  readonly versions: readonly string[];
  readonly sources: readonly SourceFile[];
}
