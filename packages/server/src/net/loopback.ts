/**
 * Whether a host is this machine, however it is written: as an address, in the brackets of a URL, or as a name that
 * never leaves it (RFC 6761 section 6.3).
 */
export function isLoopback(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
}

/** Whether a host is a name of this machine, which stands for both loopback addresses. */
export function isLocalhostName(host: string): boolean {
  return /^(?:.+\.)?localhost$/i.test(host);
}
