import { compressRequest } from '@latchkey/wire/compression/compress-request';
import { ClientError } from '../client-error.ts';
import type { Feature, FeatureContext } from '../feature.ts';

/**
 * Compresses request bodies where the model says so (`smithy.api#requestCompression`): from 10240 bytes, or from
 * `request_min_compression_size_bytes`, unless `disable_request_compression` is `true`.
 *
 * @see https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait
 */
export const requestCompression: Feature = {
  request(request, { operation, isPresigned, setting }) {
    const isOff = setting('disable_request_compression')?.toLowerCase() === 'true';
    if (isOff || isPresigned) return request;
    const minimumBytes = minimumSize(setting);
    return compressRequest(request, operation, minimumBytes === undefined ? {} : { minimumBytes });
  },
};

const largest = 10_485_760;

function minimumSize(setting: FeatureContext['setting']): number | undefined {
  const key = 'request_min_compression_size_bytes';
  const text = setting(key);
  if (text === undefined) return undefined;
  if (/^\d{1,8}$/.test(text) && Number(text) <= largest) return Number(text);
  throw new ClientError(
    'badConfiguration',
    `Cannot use ${key}: found "${text}", expected 0 to ${largest}; it comes from AWS_${key.toUpperCase()} or the profile`,
  );
}
