/**
 * A refusal the client may see. The codes are those of RFC 6749 sections 4.1.2.1 and 5.2, RFC 8628 section 3.5 and RFC 7591
 * section 3.2.2; each dialect says how it writes them.
 */
export class GrantError extends Error {
  override readonly name = 'GrantError';
  readonly code: GrantErrorCode;

  /** @param description - a sentence for the developer of the client; says nothing a stranger may not know */
  constructor(code: GrantErrorCode, description: string, options?: ErrorOptions) {
    super(description, options);
    this.code = code;
  }
}

export type GrantErrorCode =
  | 'access_denied'
  | 'authorization_pending'
  | 'expired_token'
  | 'invalid_client'
  | 'invalid_client_metadata'
  | 'invalid_grant'
  | 'invalid_redirect_uri'
  | 'invalid_request'
  | 'invalid_scope'
  | 'slow_down'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type';
