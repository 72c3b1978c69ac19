/**
 * - `noRegion`: no option, environment variable or profile says which region to call
 * - `noCredentials`: no source of credentials is configured
 * - `credentialsFailed`: a configured source of credentials failed; see `cause`
 * - `signInRequired`: the person's SSO session has ended; the message names the command that starts a new one
 * - `badConfiguration`: an option, an environment variable or a profile has a value that cannot be used
 * - `badInput`: the parameters of a call do not fit the model
 * - `bodyFailed`: a streaming body failed while it was read and sent, or is not as long as its `ContentLength` says
 * - `noEndpoint`: the service has no endpoint for the region and settings
 * - `connectionRefused`: nothing listens at the endpoint
 * - `hostNotFound`: the endpoint's name does not resolve
 * - `connectionFailed`: the connection could not be opened, or broke before the answer arrived
 * - `timedOut`: an attempt, or the call as a whole, took longer than its limit
 * - `aborted`: the signal of the call was aborted; its reason is the `cause`
 * - `permissionDenied`: Deno lacks a permission; the message names the flag that grants it
 * - `badResponse`: the answer does not fit the model
 * - `unsupported`: the platform, or the given `fetch`, cannot do it; the message says what can
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

/** A failure on the client's side of a call. An error that a service answers with is a `ServiceError`. */
export class ClientError extends Error {
  /** `AbortError` for an aborted call, as for every abort on the Web platform. */
  override readonly name: 'ClientError' | 'AbortError';
  readonly code: ClientErrorCode;

  constructor(code: ClientErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = code === 'aborted' ? 'AbortError' : 'ClientError';
    this.code = code;
  }
}
