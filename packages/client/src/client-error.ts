/**
 * The codes of a `ClientError`, each with what it means. A program may compare with these, or with the plain text.
 *
 * @example
 * ```ts
 * if (error instanceof ClientError && error.code === ClientErrorCode.signInRequired) console.error(error.message);
 * ```
 */
export const ClientErrorCode = {
  /** No option, environment variable or profile says which region to call. */
  noRegion: 'noRegion',
  /** No source of credentials is configured. */
  noCredentials: 'noCredentials',
  /** A configured source of credentials failed; see `cause`. */
  credentialsFailed: 'credentialsFailed',
  /** The person's SSO session has ended; the message names the command that starts a new one. */
  signInRequired: 'signInRequired',
  /** An option, an environment variable or a profile has a value that cannot be used. */
  badConfiguration: 'badConfiguration',
  /** The parameters of a call do not fit the model. */
  badInput: 'badInput',
  /** A streaming body failed while it was read and sent, or is not as long as its `ContentLength` says. */
  bodyFailed: 'bodyFailed',
  /** The service has no endpoint for the region and settings. */
  noEndpoint: 'noEndpoint',
  /** Nothing listens at the endpoint. */
  connectionRefused: 'connectionRefused',
  /** The endpoint's name does not resolve. */
  hostNotFound: 'hostNotFound',
  /** The connection could not be opened, or broke before the answer arrived. */
  connectionFailed: 'connectionFailed',
  /** An attempt, or the call as a whole, took longer than its limit. */
  timedOut: 'timedOut',
  /** The signal of the call was aborted; its reason is the `cause`. */
  aborted: 'aborted',
  /** Deno lacks a permission; the message names the flag that grants it. */
  permissionDenied: 'permissionDenied',
  /** The answer does not fit the model. */
  badResponse: 'badResponse',
  /** The platform, or the given `fetch`, cannot do it; the message says what can. */
  unsupported: 'unsupported',
  /** The `ApiFactory` was closed. */
  closed: 'closed',
} as const;

/** The code of a `ClientError`: one of the texts in `ClientErrorCode`. */
export type ClientErrorCode = (typeof ClientErrorCode)[keyof typeof ClientErrorCode];

/** A failure on the client's side of a call. An error that a service answers with is a `ServiceError`. */
export class ClientError extends Error {
  /** `AbortError` for an aborted call, as for every abort on the Web platform. */
  override readonly name: 'ClientError' | 'AbortError';
  /** What failed, for programs to switch on. */
  readonly code: ClientErrorCode;

  constructor(code: ClientErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = code === 'aborted' ? 'AbortError' : 'ClientError';
    this.code = code;
  }
}
