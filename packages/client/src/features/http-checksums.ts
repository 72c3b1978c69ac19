import { type ChecksumAlgorithm, checksumAlgorithms, checksumOf } from '@latchkey/wire/checksums/algorithms';
import type { Bytes, ClientRequest, ReceivedResponse } from '@latchkey/wire/http';
import type { HttpChecksumTrait } from '@latchkey/wire/schema';
import { encodeBase64 } from '@latchkey/wire/values/base64';
import { ClientError } from '../client-error.ts';
import type { Feature, FeatureContext } from '../feature.ts';
import { checksummed, validated } from './checksummed-stream.ts';

const defaultAlgorithm = 'CRC32';
// Headers with the prefix of checksums that hold none.
const describing = new Set(['x-amz-checksum-algorithm', 'x-amz-checksum-mode', 'x-amz-checksum-type']);

/**
 * Checksums of bodies (`aws.protocols#httpChecksum`, `smithy.api#httpChecksumRequired`). Requests get one wherever the
 * service takes it, and responses are checked wherever the service sends one. With `request_checksum_calculation` or
 * `response_checksum_validation` set to `when_required`, only where the model requires it.
 *
 * @see https://smithy.io/2.0/aws/aws-core.html#aws-protocols-httpchecksum-trait
 */
export const httpChecksums: Feature = {
  input(context) {
    const { operation, input, isPresigned } = context;
    const mode = operation.checksum?.requestValidationModeMember;
    if (mode === undefined || isPresigned || !isWanted(context, 'response_checksum_validation')) return input;
    return { ...input, [mode]: input[mode] ?? 'ENABLED' };
  },

  async request(request, context) {
    const { checksum } = context.operation;
    const takesChecksum = checksum?.requestAlgorithmMember !== undefined || checksum?.requestRequired;
    // The body of a presigned request is not known here.
    if (checksum === undefined || !takesChecksum || context.isPresigned) return request;
    const isGiven = Object.keys(request.headers).some(
      (name) => name.startsWith('x-amz-checksum-') && !describing.has(name),
    );
    if (isGiven) return request;
    const { requestAlgorithmMember } = checksum;
    if (requestAlgorithmMember === undefined) return withMd5(request);
    const chosen = context.input[requestAlgorithmMember];
    const isAsked = checksum.requestRequired || (chosen !== undefined && chosen !== null);
    if (!isAsked && !isWanted(context, 'request_checksum_calculation')) return request;
    return withChecksum(request, String(chosen ?? defaultAlgorithm), context);
  },

  response(response, { operation: { checksum }, input }) {
    const mode = checksum?.requestValidationModeMember;
    const isAsked = mode !== undefined && input[mode] === 'ENABLED';
    // The checksum is that of the bytes as sent, which a decoded body no longer has.
    if (!isAsked || response.status >= 300 || response.isDecoded === true) return response;
    return check(response, checksum?.responseAlgorithms ?? []);
  },
};

function isWanted(context: FeatureContext, key: string): boolean {
  return context.setting(key)?.toLowerCase() !== 'when_required';
}

async function withMd5(request: ClientRequest): Promise<ClientRequest> {
  const { body, headers } = request;
  if (headers['content-md5'] !== undefined || !(body instanceof Uint8Array)) return request;
  const { md5 } = await import('@latchkey/wire/checksums/md5');
  const checksum = md5();
  checksum.update(body);
  return { ...request, headers: { ...headers, 'content-md5': encodeBase64(checksum.digest()) } };
}

async function withChecksum(
  request: ClientRequest,
  name: string,
  { operation }: FeatureContext,
): Promise<ClientRequest> {
  const algorithm = checksumAlgorithms.get(name);
  if (algorithm === undefined) {
    const known = [...checksumAlgorithms.keys()].join(', ');
    throw new ClientError(
      'badInput',
      `Cannot call ${operation.name}: found checksum algorithm "${name}", expected one of ${known}, or the checksum itself`,
    );
  }
  const { body } = request;
  const headers = { ...request.headers, ...algorithmHeader(operation, name) };
  if (body instanceof Uint8Array)
    return { ...request, headers: { ...headers, [algorithm.header]: await checksumOf(body, algorithm) } };
  const stream = checksummed(body, (await algorithm.load())());
  const trailer = { length: Math.ceil(algorithm.length / 3) * 4, value: stream.checksum };
  return {
    ...request,
    headers,
    body: stream.body,
    trailers: { ...request.trailers, [algorithm.header]: trailer },
  };
}

/** The header that names the chosen algorithm. */
function algorithmHeader(
  { checksum, input }: FeatureContext['operation'],
  name: string,
): Record<string, string> {
  const member = input.members[checksum?.requestAlgorithmMember ?? ''];
  const header = member?.traits?.httpHeader?.toLowerCase();
  return header === undefined ? {} : { [header]: name };
}

async function check(
  response: ReceivedResponse<Bytes>,
  responseAlgorithms: NonNullable<HttpChecksumTrait['responseAlgorithms']>,
): Promise<ReceivedResponse<Bytes>> {
  const { headers, body } = response;
  for (const [name, algorithm] of checksumAlgorithms) {
    const expected = headers[algorithm.header];
    if (expected === undefined || !responseAlgorithms.includes(name)) continue;
    // The checksum of a multipart upload is computed from the checksums of its parts, which are not known here.
    if (/-\d+$/.test(expected) || headers['x-amz-checksum-type'] === 'COMPOSITE') continue;
    if (body instanceof Uint8Array) compare(await checksumOf(body, algorithm), expected, algorithm);
    else return { ...response, body: await checkedStream(body, expected, algorithm) };
    return response;
  }
  return response;
}

async function checkedStream(
  body: ReadableStream<Uint8Array>,
  expected: string,
  algorithm: ChecksumAlgorithm,
): Promise<ReadableStream<Uint8Array>> {
  const checksum = (await algorithm.load())();
  return validated(body, checksum, (found) => compare(found, expected, algorithm));
}

function compare(found: string, expected: string, { header }: ChecksumAlgorithm): void {
  if (found === expected) return;
  throw new ClientError(
    'badResponse',
    `The body was damaged on its way: its checksum is ${found}, and the header ${header} says ${expected}`,
  );
}
