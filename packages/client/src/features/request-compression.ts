import { compressRequest } from '@latchkey/wire/compression/compress-request';
import { ClientError } from '../client-error.ts';
import type { Feature } from '../feature.ts';
import { environment } from '../platform/environment.ts';

/**
 * Compresses the bodies of requests where the model asks for it (`smithy.api#requestCompression`): those of 10240 bytes or
 * more, or of `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES`, unless `AWS_DISABLE_REQUEST_COMPRESSION` is `true`.
 *
 * @see https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait
 */
export const requestCompression: Feature = {
  request(request, { operation, isPresigned }) {
    const isOff = environment('AWS_DISABLE_REQUEST_COMPRESSION')?.toLowerCase() === 'true';
    if (isOff || isPresigned) return request;
    const minimumBytes = minimumSize();
    return compressRequest(request, operation, minimumBytes === undefined ? {} : { minimumBytes });
  },
};

const largest = 10_485_760;

function minimumSize(): number | undefined {
  const variable = 'AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES';
  const text = environment(variable);
  if (text === undefined) return undefined;
  if (/^\d{1,8}$/.test(text) && Number(text) <= largest) return Number(text);
  throw new ClientError(
    'badConfiguration',
    `Cannot read ${variable}: found "${text}", expected 0 to ${largest}`,
  );
}
