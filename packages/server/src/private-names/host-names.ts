import { findPartition, partitions } from '@latchkey/client/endpoints/partitions';

/** AWS's own host names, in a region, of the three services that Latchkey serves. */
export function awsHostNames(region: string): readonly string[] {
  const suffix = findPartition(region, partitions)?.dnsSuffix;
  return ['oidc', 'portal.sso', 'sts'].map((service) => `${service}.${region}.${suffix}`);
}

/**
 * @param host - the `Host` header of a request
 * @returns the host name in lower case, without the port
 */
export function hostNameOf(host: string | undefined): string {
  return (host ?? '').replace(/:\d*$/, '').toLowerCase();
}
