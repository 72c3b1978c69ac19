import { hex } from '@latchkey/wire/sigv4/crypto';
import { chunksOf } from '@latchkey/wire/streams/chunks-of';
import { concat } from '@latchkey/wire/streams/concat';
import type { Feature } from '../feature.ts';

const mebibyte = 1_048_576;
const uploads = new Set(['UploadArchive', 'UploadMultipartPart']);

/** Glacier: `-` as the caller's own account, a version header, and two checksums of an uploaded body. */
export const glacier: Feature = {
  input: ({ input }) => ({ ...input, accountId: input['accountId'] || '-' }),
  async request(request, { operation, version }) {
    const headers = { ...request.headers, 'x-amz-glacier-version': version };
    if (!uploads.has(operation.name)) return { ...request, headers };
    const parts: Uint8Array[] = [];
    for await (const part of chunksOf(request.body)) parts.push(part);
    const body = concat(parts);
    if (body.length === 0) return { ...request, headers, body };
    const checksums = {
      'x-amz-content-sha256': hex(await sha256(body)),
      'x-amz-sha256-tree-hash': hex(await treeHash(body)),
    };
    return { ...request, headers: { ...checksums, ...headers }, body };
  },
};

/** Glacier's tree hash: the root of a hash tree whose leaves are the hashes of each mebibyte. */
async function treeHash(bytes: Uint8Array): Promise<Uint8Array> {
  let level: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += mebibyte) {
    level.push(await sha256(bytes.subarray(start, start + mebibyte)));
  }
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const pair = level.slice(at, at + 2);
      above.push(pair.length === 2 ? await sha256(concat(pair)) : concat(pair));
    }
    level = above;
  }
  return concat(level);
}

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
}
