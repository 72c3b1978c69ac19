const label = /^(?!-)[a-zA-Z\d-]{1,63}(?<!-)$/;
const ipV4 = /^(\d+\.){3}\d+$/;

/** Whether a value may stand in a host: as one label of it or, with `allowSubDomains`, as several. */
export function isValidHostLabel(value: string, allowSubDomains = false): boolean {
  return (allowSubDomains ? value.split('.') : [value]).every((part) => label.test(part));
}

/** Whether a bucket may be named by the host; with dots, certificates of S3 do not cover it. */
export function isVirtualHostableS3Bucket(bucket: string, allowSubDomains = false): boolean {
  return (
    isValidHostLabel(bucket, allowSubDomains) &&
    bucket.split('.').every(({ length }) => length >= 3) &&
    bucket === bucket.toLowerCase() &&
    !isIpAddress(bucket)
  );
}

/** Whether a host of a URL is an address: version 6 ones stand in brackets there. */
export function isIpAddress(host: string): boolean {
  return host.startsWith('[') || ipV4.test(host);
}
