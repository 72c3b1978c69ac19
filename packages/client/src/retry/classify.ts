import { ClientError, type ClientErrorCode } from '../client-error.ts';

/** Why a retry may help: the service throttles the client, or the failure may pass. */
export type Retryable = 'throttling' | 'transient';

const throttlingErrors = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);

const transientErrors = new Set([
  'IDPCommunicationError',
  'InternalError',
  'RequestTimeout',
  'RequestTimeoutException',
]);

const transientStatuses = new Set([500, 502, 503, 504]);

const transientClientErrors: ReadonlySet<ClientErrorCode> = new Set([
  'connectionFailed',
  'connectionRefused',
  'hostNotFound',
  'timedOut',
]);

/** Classifies an error without an answer. @returns undefined where a retry would not help */
export function retryable(error: unknown): Retryable | undefined {
  return error instanceof ClientError && transientClientErrors.has(error.code) ? 'transient' : undefined;
}

/**
 * Classifies an error answer.
 *
 * @param modeled `smithy.api#retryable` of the error
 * @returns undefined where a retry would not help
 */
export function retryableAnswer(
  { name, response }: { readonly name: string; readonly response: { readonly status: number } },
  modeled: { readonly throttling: boolean } | undefined,
): Retryable | undefined {
  if (throttlingErrors.has(name) || response.status === 429) return 'throttling';
  if (modeled !== undefined) return modeled.throttling ? 'throttling' : 'transient';
  return transientErrors.has(name) || transientStatuses.has(response.status) ? 'transient' : undefined;
}
