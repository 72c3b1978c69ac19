import type { ModelFile } from '@latchkey/smithy';

/** A service that has a model. */
export interface ServiceEntry {
  /** As in URLs, e.g. `ssooidc`. */
  readonly moduleName: string;
  /** E.g. `SSOOIDC`. */
  readonly className: string;
  /** Its versions, newest first. */
  readonly files: readonly ModelFile[];
}
