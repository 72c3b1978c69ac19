const label = /^(?!-)[a-zA-Z\d-]{1,63}(?<!-)$/;
const ipV4 = /^(\d+\.){3}\d+$/;

/** Whether a value is a valid host label or, with `allowSubDomains`, several of them joined by dots. */
export function isValidHostLabel(value: string, allowSubDomains = false): boolean {
  return (allowSubDomains ? value.split('.') : [value]).every((part) => label.test(part));
}

/** Whether a bucket name can be part of the host. Names with dots need `allowSubDomains`: S3's certificates do not cover them. */
export function isVirtualHostableS3Bucket(bucket: string, allowSubDomains = false): boolean {
  return (
    isValidHostLabel(bucket, allowSubDomains) &&
    bucket.split('.').every(({ length }) => length >= 3) &&
    bucket === bucket.toLowerCase() &&
    !isIpAddress(bucket)
  );
}

/** Whether the host of a URL is an IP address. An IPv6 address is in brackets there. */
export function isIpAddress(host: string): boolean {
  return host.startsWith('[') || ipV4.test(host);
}
