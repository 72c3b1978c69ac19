import type { ServiceReference, WireSyntax } from '@latchkey/codegen';
import type { ReferenceIndex } from '../../reference/reference-index.ts';
import type { SourceFile } from '../../render-messages.ts';
import type { ReferenceUrls } from './reference-urls.ts';

/** Everything that the pages of a service's reference are rendered from. */
export interface ServiceDocs {
  readonly index: ReferenceIndex;
  readonly reference: ServiceReference;
  readonly urls: ReferenceUrls;
  /** All API versions of the service, newest first. */
  readonly versions: readonly string[];
  readonly sources: readonly SourceFile[];
  /** Shows how an operation, by its name in the model, looks on the wire. */
  wireOf(operation: string): Promise<WireSyntax>;
}
