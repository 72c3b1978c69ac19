/**
 * - `noRegion`: neither an option nor the environment nor a profile says which region to call
 * - `noCredentials`: nothing that gives credentials is configured
 * - `credentialsFailed`: what should give credentials failed; see `cause`
 * - `signInRequired`: the person's sign-in session has ended; the message says which command begins a new one
 * - `badConfiguration`: an option, an environment variable or a profile has a value that cannot be used
 * - `badInput`: the parameters of a call do not fit the model
 * - `bodyFailed`: a body that streams failed while it was read and sent, or is not as long as was said
 * - `noEndpoint`: the service has no endpoint for the region and settings
 * - `connectionRefused`: nothing listens at the endpoint
 * - `hostNotFound`: the endpoint's name does not resolve
 * - `connectionFailed`: the connection could not be made, or broke before the answer was there
 * - `timedOut`: an attempt, or the call as a whole, took longer than it may
 * - `aborted`: the signal of the call was aborted; its reason is the `cause`
 * - `permissionDenied`: the runtime was not allowed something; the message says which flag allows it
 * - `badResponse`: the answer does not fit the model
 * - `unsupported`: the platform, or the `fetch` that was given, cannot do it; the message says what can
 * - `closed`: the `ApiFactory` was closed
 */
export type ClientErrorCode =
  | 'noRegion'
  | 'noCredentials'
  | 'credentialsFailed'
  | 'signInRequired'
  | 'badConfiguration'
  | 'badInput'
  | 'bodyFailed'
  | 'noEndpoint'
  | 'connectionRefused'
  | 'hostNotFound'
  | 'connectionFailed'
  | 'timedOut'
  | 'aborted'
  | 'permissionDenied'
  | 'badResponse'
  | 'unsupported'
  | 'closed';

/** What fails on the client's side of a call. Answers of a service are `ServiceError`s. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: ClientErrorCode;

  constructor(code: ClientErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
