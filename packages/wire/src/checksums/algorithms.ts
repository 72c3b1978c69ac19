import { owned } from '../sigv4/crypto.ts';
import { encodeBase64 } from '../values/base64.ts';
import type { Checksum } from './checksum.ts';
import { crc32, crc32c } from './crc32.ts';

/** A checksum algorithm of `aws.protocols#httpChecksum`. */
export interface ChecksumAlgorithm {
  /** Name of the header, e.g. `x-amz-checksum-crc32`. */
  readonly header: string;
  /** Length of a checksum in bytes. */
  readonly length: number;
  /** Name in WebCrypto, which is faster, but takes only whole bodies. */
  readonly webCrypto?: string;
  /** Loads the function that makes checksums. That of the 32-bit CRCs is always loaded. */
  load(): Promise<() => Checksum>;
}

/** Checksum algorithms by their name in models, the cheapest first. */
export const checksumAlgorithms: ReadonlyMap<string, ChecksumAlgorithm> = new Map<string, ChecksumAlgorithm>([
  ['CRC32', { header: 'x-amz-checksum-crc32', length: 4, load: async () => crc32 }],
  ['CRC32C', { header: 'x-amz-checksum-crc32c', length: 4, load: async () => crc32c }],
  [
    'CRC64NVME',
    {
      header: 'x-amz-checksum-crc64nvme',
      length: 8,
      load: once(async () => (await import('./crc64-nvme.ts')).crc64Nvme),
    },
  ],
  [
    'SHA1',
    {
      header: 'x-amz-checksum-sha1',
      length: 20,
      webCrypto: 'SHA-1',
      load: once(async () => (await import('./sha1.ts')).sha1),
    },
  ],
  [
    'SHA256',
    {
      header: 'x-amz-checksum-sha256',
      length: 32,
      webCrypto: 'SHA-256',
      load: once(async () => (await import('./sha256.ts')).sha256),
    },
  ],
]);

/** Checksum of a whole body, in base64. */
export async function checksumOf(bytes: Uint8Array, { webCrypto, load }: ChecksumAlgorithm): Promise<string> {
  if (webCrypto !== undefined)
    return encodeBase64(new Uint8Array(await crypto.subtle.digest(webCrypto, owned(bytes))));
  const checksum = (await load())();
  checksum.update(bytes);
  return encodeBase64(checksum.digest());
}

/** Loads code once: `import()` of what is loaded already still takes some microseconds. */
function once<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded> {
  let loading: Promise<Loaded> | undefined;
  return () => (loading ??= load());
}
