import type { ModelFile } from '@latchkey/smithy';
import type { ServiceName } from './module-url.ts';

/** A service that has a model. */
export interface ServiceEntry {
  /** As in URLs, e.g. `ssooidc`. */
  readonly moduleName: string;
  /** E.g. `SSOOIDC`. */
  readonly className: string;
  /** The model of each API version, newest first. */
  readonly files: readonly ModelFile[];
}

export function titleOf({ className, files }: ServiceEntry): string {
  return files[0]?.title ?? files[0]?.sdkId ?? className;
}

/** @returns e.g. `ssooidc`, or `ssooidc@2019-06-10` when a version was asked for */
export function nameInUrl({ moduleName }: ServiceEntry, { version }: ServiceName): string {
  return version === undefined ? moduleName : `${moduleName}@${version}`;
}
