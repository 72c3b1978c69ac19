import { type CallMetadata, callMetadata } from './call/call-metadata.ts';
import { ServiceError } from './service-error.ts';

export type { CallMetadata } from './call/call-metadata.ts';

/**
 * Tells what came with the output of a call: HTTP status, ids of the request, headers, attempts. The output itself has
 * only what the model describes. Also tells it of a page of a paginator, of a waiter's output, and of an error.
 *
 * @example
 * ```ts
 * const output = await dynamodb.getItem({ TableName: 'notes', Key: { id: { S: '1' } } });
 * console.log(metadataOf(output)?.requestId);
 * ```
 * @param of the very object that the call resolved with, not a copy; or the error that it rejected with
 * @returns undefined for other values, and for errors without an answer
 */
export function metadataOf(of: unknown): CallMetadata | undefined {
  if (of instanceof ServiceError) return of.response;
  return typeof of === 'object' && of !== null ? callMetadata.get(of) : undefined;
}
