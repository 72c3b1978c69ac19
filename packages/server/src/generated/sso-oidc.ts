// Generated from models/sso-oidc.json (com.amazonaws.ssooidc#AWSSSOOIDCService, version 2019-06-10): change the model, then generate again.
import { ModeledError } from '@latchkey/wire';
import type { ErrorSchema, Schema, ServiceSchema, StructureSchema } from '@latchkey/wire';

/** The person refused, or may not have what was asked for. */
export interface AccessDeniedException {
  /** The OAuth error code: `access_denied`. */
  readonly error?: string | undefined;
  /** What was wrong, in a sentence. */
  readonly error_description?: string | undefined;
  /** The same sentence, where AWS clients look for it. */
  readonly message?: string | undefined;
  /** What denied it, when it was not the person. */
  readonly reason?: AccessDeniedExceptionReason | undefined;
}

/** What denied access, when it was not the person. */
export type AccessDeniedExceptionReason =
  | 'KMS_AccessDeniedException';

/** The person has not answered yet: poll again after the interval. */
export interface AuthorizationPendingException {
  /** The OAuth error code: `authorization_pending`. */
  readonly error?: string | undefined;
  /** What was wrong, in a sentence. */
  readonly error_description?: string | undefined;
  /** The same sentence, where AWS clients look for it. */
  readonly message?: string | undefined;
}

/** What other services need to act for the person who signed in. */
export interface AwsAdditionalDetails {
  /** To be handed on when a role is assumed, so that it is known for whom. */
  readonly identityContext?: string | undefined;
}

/** What is exchanged for tokens. Which members are needed besides the first three depends on the grant. */
export interface CreateTokenRequest {
  /** The id given by RegisterClient. */
  readonly clientId: string;
  /** The secret given by RegisterClient. */
  readonly clientSecret: string;
  /**
   * What is being exchanged: `urn:ietf:params:oauth:grant-type:device_code`, `authorization_code` or
   * `refresh_token`.
   */
  readonly grantType: string;
  /** With a device code grant: the code given by StartDeviceAuthorization. */
  readonly deviceCode?: string | undefined;
  /** With an authorization code grant: the code the browser brought back. */
  readonly code?: string | undefined;
  /** With a refresh token grant: the latest refresh token. */
  readonly refreshToken?: string | undefined;
  /** The scopes wanted, of those that were approved; all of them when absent. */
  readonly scope?: readonly string[] | undefined;
  /** With an authorization code grant: the address the code was sent to, port included. */
  readonly redirectUri?: string | undefined;
  /**
   * With an authorization code grant: the PKCE verifier whose challenge went with the authorization request.
   */
  readonly codeVerifier?: string | undefined;
}

/** Tokens. */
export interface CreateTokenResponse {
  /** The token that opens the access portal. */
  readonly accessToken: string;
  /** How the token is to be presented: `Bearer`. */
  readonly tokenType: string;
  /** How long the access token is good for, in seconds. */
  readonly expiresIn: number;
  /** The token to ask for the next access token with. It replaces the one that was sent. */
  readonly refreshToken?: string | undefined;
  /** Not given by this operation. */
  readonly idToken?: string | undefined;
}

/**
 * What an application exchanges for tokens. Which members are needed besides the first two depends on the
 * grant.
 */
export interface CreateTokenWithIAMRequest {
  /** The ARN of the application. */
  readonly clientId: string;
  /**
   * What is being exchanged: `authorization_code`, `refresh_token`,
   * `urn:ietf:params:oauth:grant-type:jwt-bearer` or `urn:ietf:params:oauth:grant-type:token-exchange`.
   */
  readonly grantType: string;
  /** With an authorization code grant: the code the browser brought back. */
  readonly code?: string | undefined;
  /** With a refresh token grant: the latest refresh token. */
  readonly refreshToken?: string | undefined;
  /** With a JWT bearer grant: a JWT of a trusted issuer. */
  readonly assertion?: string | undefined;
  /** The scopes wanted; all that the application may have when absent. */
  readonly scope?: readonly string[] | undefined;
  /** With an authorization code grant: the address the code was sent to. */
  readonly redirectUri?: string | undefined;
  /** With a token exchange: the access token to exchange. */
  readonly subjectToken?: string | undefined;
  /** With a token exchange: the type of `subjectToken`, `urn:ietf:params:oauth:token-type:access_token`. */
  readonly subjectTokenType?: string | undefined;
  /**
   * With a token exchange: the type wanted, `urn:ietf:params:oauth:token-type:access_token` or
   * `urn:ietf:params:oauth:token-type:refresh_token`.
   */
  readonly requestedTokenType?: string | undefined;
  /**
   * With an authorization code grant: the PKCE verifier whose challenge went with the authorization request.
   */
  readonly codeVerifier?: string | undefined;
}

/** Tokens, and what they stand for. */
export interface CreateTokenWithIAMResponse {
  /** The token that opens the access portal. */
  readonly accessToken: string;
  /** How the token is to be presented: `Bearer`. */
  readonly tokenType: string;
  /** How long the access token is good for, in seconds. */
  readonly expiresIn: number;
  /** The token to ask for the next access token with. It replaces the one that was sent. */
  readonly refreshToken?: string | undefined;
  /** A JWT that says who signed in. */
  readonly idToken?: string | undefined;
  /** What kind of token was issued. */
  readonly issuedTokenType?: string | undefined;
  /** The scopes that were granted. */
  readonly scope?: readonly string[] | undefined;
  /** What other services need to act for the person. */
  readonly awsAdditionalDetails?: AwsAdditionalDetails | undefined;
}

/** The device code, or the session behind a token, has ended: start again. */
export interface ExpiredTokenException {
  /** The OAuth error code: `expired_token`. */
  readonly error?: string | undefined;
  /** What was wrong, in a sentence. */
  readonly error_description?: string | undefined;
  /** The same sentence, where AWS clients look for it. */
  readonly message?: string | undefined;
}

/** Something went wrong on the side of the service. The request may be sent again. */
export interface InternalServerException {
  /** The OAuth error code: `server_error`. */
  readonly error?: string | undefined;
  /** What was wrong, in a sentence. */
  readonly error_description?: string | undefined;
  /** The same sentence, where AWS clients look for it. */
  readonly message?: string | undefined;
}

/** The client id and secret do not belong together, or the registration has expired: register again. */
export interface InvalidClientException {
  /** The OAuth error code: `invalid_client`. */
  readonly error?: string | undefined;
  /** What was wrong, in a sentence. */
  readonly error_description?: string | undefined;
  /** The same sentence, where AWS clients look for it. */
  readonly message?: string | undefined;
}

/** Something the client says about itself is not allowed. */
export interface InvalidClientMetadataException {
  /** The OAuth error code: `invalid_client_metadata`. */
  readonly error?: string | undefined;
  /** What was wrong, in a sentence. */
  readonly error_description?: string | undefined;
  /** The same sentence, where AWS clients look for it. */
  readonly message?: string | undefined;
}

/** The code or token is unknown, was used before, or belongs to another client. */
export interface InvalidGrantException {
  /** The OAuth error code: `invalid_grant`. */
  readonly error?: string | undefined;
  /** What was wrong, in a sentence. */
  readonly error_description?: string | undefined;
  /** The same sentence, where AWS clients look for it. */
  readonly message?: string | undefined;
}

/** A redirect URI is not one that may be registered. */
export interface InvalidRedirectUriException {
  /** The OAuth error code: `invalid_redirect_uri`. */
  readonly error?: string | undefined;
  /** What was wrong, in a sentence. */
  readonly error_description?: string | undefined;
  /** The same sentence, where AWS clients look for it. */
  readonly message?: string | undefined;
}

/** A member is missing, malformed or out of place. */
export interface InvalidRequestException {
  /** The OAuth error code: `invalid_request`. */
  readonly error?: string | undefined;
  /** What was wrong, in a sentence. */
  readonly error_description?: string | undefined;
  /** The same sentence, where AWS clients look for it. */
  readonly message?: string | undefined;
  /** Which encryption key setting is at fault, if one is. */
  readonly reason?: InvalidRequestExceptionReason | undefined;
}

/** What is wrong with the encryption key of the instance. */
export type InvalidRequestExceptionReason =
  | 'KMS_NotFoundException'
  | 'KMS_InvalidKeyUsageException'
  | 'KMS_InvalidStateException'
  | 'KMS_DisabledException';

/** The request belongs to another region. */
export interface InvalidRequestRegionException {
  /** The OAuth error code: `invalid_request`. */
  readonly error?: string | undefined;
  /** What was wrong, in a sentence. */
  readonly error_description?: string | undefined;
  /** The same sentence, where AWS clients look for it. */
  readonly message?: string | undefined;
  /** The endpoint to call instead. */
  readonly endpoint?: string | undefined;
  /** The region to call instead. */
  readonly region?: string | undefined;
}

/** A scope is malformed, unknown, or was not registered or approved. */
export interface InvalidScopeException {
  /** The OAuth error code: `invalid_scope`. */
  readonly error?: string | undefined;
  /** What was wrong, in a sentence. */
  readonly error_description?: string | undefined;
  /** The same sentence, where AWS clients look for it. */
  readonly message?: string | undefined;
}

/** What a client says about itself. */
export interface RegisterClientRequest {
  /**
   * A name for people to recognise the client by. It is shown when they are asked for approval, as the
   * unverified claim it is.
   */
  readonly clientName: string;
  /**
   * `public`: the only type there is, since a client on a person's own machine can keep nothing from them.
   */
  readonly clientType: string;
  /**
   * The scopes the client will ask for; its tokens never hold others. Without any, tokens give access to the
   * accounts and cannot be refreshed.
   */
  readonly scopes?: readonly string[] | undefined;
  /**
   * Where a browser may be sent back to with an authorization code. A loopback address
   * (`http://127.0.0.1/path`) may be given without a port: any port will do later.
   */
  readonly redirectUris?: readonly string[] | undefined;
  /**
   * The grants the client will use. When absent: device codes and refresh tokens, and authorization codes if
   * there are redirect URIs.
   */
  readonly grantTypes?: readonly string[] | undefined;
  /** The issuer URL or a start URL of the instance the client belongs to. */
  readonly issuerUrl?: string | undefined;
  /** The application whose settings limit this client. */
  readonly entitledApplicationArn?: string | undefined;
}

/** A registration. */
export interface RegisterClientResponse {
  /** The id of the client. */
  readonly clientId: string;
  /** The secret of the client, to be sent with every later request. */
  readonly clientSecret: string;
  /** When the client was registered, in seconds since the Unix epoch. */
  readonly clientIdIssuedAt: number | bigint;
  /** When the registration ends, in seconds since the Unix epoch. */
  readonly clientSecretExpiresAt: number | bigint;
  /** Where to send a browser for an authorization code. */
  readonly authorizationEndpoint?: string | undefined;
  /** Where CreateToken is served. */
  readonly tokenEndpoint?: string | undefined;
}

/** Requests come too fast: wait five seconds longer between them. */
export interface SlowDownException {
  /** The OAuth error code: `slow_down`. */
  readonly error?: string | undefined;
  /** What was wrong, in a sentence. */
  readonly error_description?: string | undefined;
  /** The same sentence, where AWS clients look for it. */
  readonly message?: string | undefined;
}

/** Asks for a device code. */
export interface StartDeviceAuthorizationRequest {
  /** The id given by RegisterClient. */
  readonly clientId: string;
  /** The secret given by RegisterClient. */
  readonly clientSecret: string;
  /** A start URL of the instance, or its issuer URL. */
  readonly startUrl: string;
}

/** A device authorization that waits for its answer. */
export interface StartDeviceAuthorizationResponse {
  /** The code to poll CreateToken with. */
  readonly deviceCode: string;
  /** The code the person compares or types in, in the form `XXXX-XXXX`. */
  readonly userCode: string;
  /** The page on which the person types the user code. */
  readonly verificationUri: string;
  /** The same page with the user code filled in. */
  readonly verificationUriComplete: string;
  /** How long both codes are good for, in seconds. */
  readonly expiresIn: number;
  /** How long to wait between two polls, in seconds. */
  readonly interval: number;
}

/** The client is not registered for this grant. */
export interface UnauthorizedClientException {
  /** The OAuth error code: `unauthorized_client`. */
  readonly error?: string | undefined;
  /** What was wrong, in a sentence. */
  readonly error_description?: string | undefined;
  /** The same sentence, where AWS clients look for it. */
  readonly message?: string | undefined;
}

/** There is no such grant. */
export interface UnsupportedGrantTypeException {
  /** The OAuth error code: `unsupported_grant_type`. */
  readonly error?: string | undefined;
  /** What was wrong, in a sentence. */
  readonly error_description?: string | undefined;
  /** The same sentence, where AWS clients look for it. */
  readonly message?: string | undefined;
}

/** The members of each error of the service, by its name. */
export interface SsoOidcErrors {
  readonly AccessDeniedException: AccessDeniedException;
  readonly AuthorizationPendingException: AuthorizationPendingException;
  readonly ExpiredTokenException: ExpiredTokenException;
  readonly InternalServerException: InternalServerException;
  readonly InvalidClientException: InvalidClientException;
  readonly InvalidClientMetadataException: InvalidClientMetadataException;
  readonly InvalidGrantException: InvalidGrantException;
  readonly InvalidRedirectUriException: InvalidRedirectUriException;
  readonly InvalidRequestException: InvalidRequestException;
  readonly InvalidRequestRegionException: InvalidRequestRegionException;
  readonly InvalidScopeException: InvalidScopeException;
  readonly SlowDownException: SlowDownException;
  readonly UnauthorizedClientException: UnauthorizedClientException;
  readonly UnsupportedGrantTypeException: UnsupportedGrantTypeException;
}

/** An error of the service: a handler throws it to answer with it. */
export class SsoOidcError<
  Name extends keyof SsoOidcErrors = keyof SsoOidcErrors,
> extends ModeledError<Name, SsoOidcErrors[Name]> {}

/** The errors that `CreateToken` may answer with, told apart by `name`. */
export type CreateTokenError =
  | SsoOidcError<'AccessDeniedException'>
  | SsoOidcError<'AuthorizationPendingException'>
  | SsoOidcError<'ExpiredTokenException'>
  | SsoOidcError<'InternalServerException'>
  | SsoOidcError<'InvalidClientException'>
  | SsoOidcError<'InvalidGrantException'>
  | SsoOidcError<'InvalidRequestException'>
  | SsoOidcError<'InvalidScopeException'>
  | SsoOidcError<'SlowDownException'>
  | SsoOidcError<'UnauthorizedClientException'>
  | SsoOidcError<'UnsupportedGrantTypeException'>;

/** The errors that `CreateTokenWithIAM` may answer with, told apart by `name`. */
export type CreateTokenWithIAMError =
  | SsoOidcError<'AccessDeniedException'>
  | SsoOidcError<'AuthorizationPendingException'>
  | SsoOidcError<'ExpiredTokenException'>
  | SsoOidcError<'InternalServerException'>
  | SsoOidcError<'InvalidClientException'>
  | SsoOidcError<'InvalidGrantException'>
  | SsoOidcError<'InvalidRequestException'>
  | SsoOidcError<'InvalidRequestRegionException'>
  | SsoOidcError<'InvalidScopeException'>
  | SsoOidcError<'SlowDownException'>
  | SsoOidcError<'UnauthorizedClientException'>
  | SsoOidcError<'UnsupportedGrantTypeException'>;

/** The errors that `RegisterClient` may answer with, told apart by `name`. */
export type RegisterClientError =
  | SsoOidcError<'InternalServerException'>
  | SsoOidcError<'InvalidClientMetadataException'>
  | SsoOidcError<'InvalidRedirectUriException'>
  | SsoOidcError<'InvalidRequestException'>
  | SsoOidcError<'InvalidScopeException'>
  | SsoOidcError<'SlowDownException'>
  | SsoOidcError<'UnsupportedGrantTypeException'>;

/** The errors that `StartDeviceAuthorization` may answer with, told apart by `name`. */
export type StartDeviceAuthorizationError =
  | SsoOidcError<'InternalServerException'>
  | SsoOidcError<'InvalidClientException'>
  | SsoOidcError<'InvalidRequestException'>
  | SsoOidcError<'SlowDownException'>
  | SsoOidcError<'UnauthorizedClientException'>;

/**
 * The handlers of SSO OIDC. `Context` is what the server hands to each besides its input.
 *
 * @see com.amazonaws.ssooidc#AWSSSOOIDCService
 */
export interface SsoOidcHandlers<Context> {
  /**
   * Exchanges what a client has (a device code that a person approved, an authorization code, or a refresh
   * token) for an access token, and a refresh token with it. A client with a device code calls again and
   * again until the person has answered.
   *
   * @see com.amazonaws.ssooidc#CreateToken
   */
  readonly CreateToken: (
    input: CreateTokenRequest,
    context: Context,
  ) => CreateTokenResponse | Promise<CreateTokenResponse>;

  /**
   * Like CreateToken, for an application that proves who it is with a SigV4 signature instead of a client
   * secret. It can also exchange a JWT of a trusted issuer, or another token, for tokens of this service.
   *
   * @see com.amazonaws.ssooidc#CreateTokenWithIAM
   */
  readonly CreateTokenWithIAM: (
    input: CreateTokenWithIAMRequest,
    context: Context,
  ) => CreateTokenWithIAMResponse | Promise<CreateTokenWithIAMResponse>;

  /**
   * Registers a client, which may be done by anyone. The client keeps the id and the secret it is given and
   * uses them until the secret expires.
   *
   * @see com.amazonaws.ssooidc#RegisterClient
   */
  readonly RegisterClient: (
    input: RegisterClientRequest,
    context: Context,
  ) => RegisterClientResponse | Promise<RegisterClientResponse>;

  /**
   * Begins a device authorization (RFC 8628): gives the client a device code to poll with, and a user code
   * that a person confirms in a browser on any device.
   *
   * @see com.amazonaws.ssooidc#StartDeviceAuthorization
   */
  readonly StartDeviceAuthorization: (
    input: StartDeviceAuthorizationRequest,
    context: Context,
  ) => StartDeviceAuthorizationResponse | Promise<StartDeviceAuthorizationResponse>;
}

const clientIdSchema: Schema = { type: 'string', traits: { length: { max: 4096 } } };

const clientSecretSchema: Schema = { type: 'string', traits: { sensitive: true, length: { max: 4096 } } };

const grantTypeSchema: Schema = { type: 'string', traits: { length: { max: 128 } } };

const deviceCodeSchema: Schema = { type: 'string', traits: { sensitive: true, length: { max: 4096 } } };

const authCodeSchema: Schema = { type: 'string', traits: { sensitive: true, length: { max: 4096 } } };

const refreshTokenSchema: Schema = { type: 'string', traits: { sensitive: true, length: { max: 4096 } } };

const scopeSchema: Schema = { type: 'string', traits: { length: { max: 2048 } } };

const scopesSchema: Schema = {
  type: 'list',
  member: { target: scopeSchema },
  traits: { length: { max: 25 } },
};

const uriSchema: Schema = { type: 'string', traits: { length: { max: 2048 } } };

const codeVerifierSchema: Schema = { type: 'string', traits: { sensitive: true, length: { max: 1024 } } };

const createTokenRequestSchema: StructureSchema = {
  type: 'structure',
  name: 'CreateTokenRequest',
  members: {
    clientId: { target: clientIdSchema, traits: { required: true } },
    clientSecret: { target: clientSecretSchema, traits: { required: true } },
    grantType: { target: grantTypeSchema, traits: { required: true } },
    deviceCode: { target: deviceCodeSchema },
    code: { target: authCodeSchema },
    refreshToken: { target: refreshTokenSchema },
    scope: { target: scopesSchema },
    redirectUri: { target: uriSchema },
    codeVerifier: { target: codeVerifierSchema },
  },
};

const accessTokenSchema: Schema = { type: 'string', traits: { sensitive: true } };

const tokenTypeSchema: Schema = { type: 'string' };

const expirationInSecondsSchema: Schema = { type: 'integer' };

const idTokenSchema: Schema = { type: 'string', traits: { sensitive: true } };

const createTokenResponseSchema: StructureSchema = {
  type: 'structure',
  name: 'CreateTokenResponse',
  members: {
    accessToken: { target: accessTokenSchema, traits: { required: true } },
    tokenType: { target: tokenTypeSchema, traits: { required: true } },
    expiresIn: { target: expirationInSecondsSchema, traits: { required: true } },
    refreshToken: { target: refreshTokenSchema },
    idToken: { target: idTokenSchema },
  },
};

const errorSchema: Schema = { type: 'string' };

const errorDescriptionSchema: Schema = { type: 'string' };

const errorMessageSchema: Schema = { type: 'string' };

const accessDeniedExceptionReasonSchema: Schema = { type: 'enum', values: ['KMS_AccessDeniedException'] };

const accessDeniedExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'AccessDeniedException',
  members: {
    error: { target: errorSchema, traits: { default: 'access_denied' } },
    error_description: { target: errorDescriptionSchema },
    message: { target: errorMessageSchema },
    reason: { target: accessDeniedExceptionReasonSchema },
  },
  fault: 'client',
  status: 400,
};

const authorizationPendingExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'AuthorizationPendingException',
  members: {
    error: { target: errorSchema, traits: { default: 'authorization_pending' } },
    error_description: { target: errorDescriptionSchema },
    message: { target: errorMessageSchema },
  },
  fault: 'client',
  status: 400,
};

const expiredTokenExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'ExpiredTokenException',
  members: {
    error: { target: errorSchema, traits: { default: 'expired_token' } },
    error_description: { target: errorDescriptionSchema },
    message: { target: errorMessageSchema },
  },
  fault: 'client',
  status: 400,
};

const internalServerExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'InternalServerException',
  members: {
    error: { target: errorSchema, traits: { default: 'server_error' } },
    error_description: { target: errorDescriptionSchema },
    message: { target: errorMessageSchema },
  },
  fault: 'server',
  status: 500,
};

const invalidClientExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'InvalidClientException',
  members: {
    error: { target: errorSchema, traits: { default: 'invalid_client' } },
    error_description: { target: errorDescriptionSchema },
    message: { target: errorMessageSchema },
  },
  fault: 'client',
  status: 401,
};

const invalidGrantExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'InvalidGrantException',
  members: {
    error: { target: errorSchema, traits: { default: 'invalid_grant' } },
    error_description: { target: errorDescriptionSchema },
    message: { target: errorMessageSchema },
  },
  fault: 'client',
  status: 400,
};

const invalidRequestExceptionReasonSchema: Schema = {
  type: 'enum',
  values: [
    'KMS_NotFoundException',
    'KMS_InvalidKeyUsageException',
    'KMS_InvalidStateException',
    'KMS_DisabledException',
  ],
};

const invalidRequestExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'InvalidRequestException',
  members: {
    error: { target: errorSchema, traits: { default: 'invalid_request' } },
    error_description: { target: errorDescriptionSchema },
    message: { target: errorMessageSchema },
    reason: { target: invalidRequestExceptionReasonSchema },
  },
  fault: 'client',
  status: 400,
};

const invalidScopeExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'InvalidScopeException',
  members: {
    error: { target: errorSchema, traits: { default: 'invalid_scope' } },
    error_description: { target: errorDescriptionSchema },
    message: { target: errorMessageSchema },
  },
  fault: 'client',
  status: 400,
};

const slowDownExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'SlowDownException',
  members: {
    error: { target: errorSchema, traits: { default: 'slow_down' } },
    error_description: { target: errorDescriptionSchema },
    message: { target: errorMessageSchema },
  },
  fault: 'client',
  status: 400,
};

const unauthorizedClientExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'UnauthorizedClientException',
  members: {
    error: { target: errorSchema, traits: { default: 'unauthorized_client' } },
    error_description: { target: errorDescriptionSchema },
    message: { target: errorMessageSchema },
  },
  fault: 'client',
  status: 400,
};

const unsupportedGrantTypeExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'UnsupportedGrantTypeException',
  members: {
    error: { target: errorSchema, traits: { default: 'unsupported_grant_type' } },
    error_description: { target: errorDescriptionSchema },
    message: { target: errorMessageSchema },
  },
  fault: 'client',
  status: 400,
};

const assertionSchema: Schema = { type: 'string', traits: { sensitive: true, length: { max: 16384 } } };

const subjectTokenSchema: Schema = { type: 'string', traits: { sensitive: true, length: { max: 4096 } } };

const tokenTypeURISchema: Schema = { type: 'string', traits: { length: { max: 256 } } };

const createTokenWithIAMRequestSchema: StructureSchema = {
  type: 'structure',
  name: 'CreateTokenWithIAMRequest',
  members: {
    clientId: { target: clientIdSchema, traits: { required: true } },
    grantType: { target: grantTypeSchema, traits: { required: true } },
    code: { target: authCodeSchema },
    refreshToken: { target: refreshTokenSchema },
    assertion: { target: assertionSchema },
    scope: { target: scopesSchema },
    redirectUri: { target: uriSchema },
    subjectToken: { target: subjectTokenSchema },
    subjectTokenType: { target: tokenTypeURISchema },
    requestedTokenType: { target: tokenTypeURISchema },
    codeVerifier: { target: codeVerifierSchema },
  },
};

const identityContextSchema: Schema = { type: 'string', traits: { sensitive: true } };

const awsAdditionalDetailsSchema: StructureSchema = {
  type: 'structure',
  name: 'AwsAdditionalDetails',
  members: { identityContext: { target: identityContextSchema } },
};

const createTokenWithIAMResponseSchema: StructureSchema = {
  type: 'structure',
  name: 'CreateTokenWithIAMResponse',
  members: {
    accessToken: { target: accessTokenSchema, traits: { required: true } },
    tokenType: { target: tokenTypeSchema, traits: { required: true } },
    expiresIn: { target: expirationInSecondsSchema, traits: { required: true } },
    refreshToken: { target: refreshTokenSchema },
    idToken: { target: idTokenSchema },
    issuedTokenType: { target: tokenTypeURISchema },
    scope: { target: scopesSchema },
    awsAdditionalDetails: { target: awsAdditionalDetailsSchema },
  },
};

const locationSchema: Schema = { type: 'string' };

const regionSchema: Schema = { type: 'string' };

const invalidRequestRegionExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'InvalidRequestRegionException',
  members: {
    error: { target: errorSchema, traits: { default: 'invalid_request' } },
    error_description: { target: errorDescriptionSchema },
    message: { target: errorMessageSchema },
    endpoint: { target: locationSchema },
    region: { target: regionSchema },
  },
  fault: 'client',
  status: 400,
};

const clientNameSchema: Schema = { type: 'string', traits: { length: { max: 256 } } };

const clientTypeSchema: Schema = { type: 'string', traits: { length: { max: 64 } } };

const redirectUrisSchema: Schema = {
  type: 'list',
  member: { target: uriSchema },
  traits: { length: { max: 10 } },
};

const grantTypesSchema: Schema = {
  type: 'list',
  member: { target: grantTypeSchema },
  traits: { length: { max: 10 } },
};

const arnTypeSchema: Schema = { type: 'string', traits: { length: { max: 1224 } } };

const registerClientRequestSchema: StructureSchema = {
  type: 'structure',
  name: 'RegisterClientRequest',
  members: {
    clientName: { target: clientNameSchema, traits: { required: true } },
    clientType: { target: clientTypeSchema, traits: { required: true } },
    scopes: { target: scopesSchema },
    redirectUris: { target: redirectUrisSchema },
    grantTypes: { target: grantTypesSchema },
    issuerUrl: { target: uriSchema },
    entitledApplicationArn: { target: arnTypeSchema },
  },
};

const longTimeStampTypeSchema: Schema = { type: 'long' };

const registerClientResponseSchema: StructureSchema = {
  type: 'structure',
  name: 'RegisterClientResponse',
  members: {
    clientId: { target: clientIdSchema, traits: { required: true } },
    clientSecret: { target: clientSecretSchema, traits: { required: true } },
    clientIdIssuedAt: { target: longTimeStampTypeSchema, traits: { required: true } },
    clientSecretExpiresAt: { target: longTimeStampTypeSchema, traits: { required: true } },
    authorizationEndpoint: { target: uriSchema },
    tokenEndpoint: { target: uriSchema },
  },
};

const invalidClientMetadataExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'InvalidClientMetadataException',
  members: {
    error: { target: errorSchema, traits: { default: 'invalid_client_metadata' } },
    error_description: { target: errorDescriptionSchema },
    message: { target: errorMessageSchema },
  },
  fault: 'client',
  status: 400,
};

const invalidRedirectUriExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'InvalidRedirectUriException',
  members: {
    error: { target: errorSchema, traits: { default: 'invalid_redirect_uri' } },
    error_description: { target: errorDescriptionSchema },
    message: { target: errorMessageSchema },
  },
  fault: 'client',
  status: 400,
};

const startDeviceAuthorizationRequestSchema: StructureSchema = {
  type: 'structure',
  name: 'StartDeviceAuthorizationRequest',
  members: {
    clientId: { target: clientIdSchema, traits: { required: true } },
    clientSecret: { target: clientSecretSchema, traits: { required: true } },
    startUrl: { target: uriSchema, traits: { required: true } },
  },
};

const userCodeSchema: Schema = { type: 'string', traits: { sensitive: true } };

const intervalInSecondsSchema: Schema = { type: 'integer' };

const startDeviceAuthorizationResponseSchema: StructureSchema = {
  type: 'structure',
  name: 'StartDeviceAuthorizationResponse',
  members: {
    deviceCode: { target: deviceCodeSchema, traits: { required: true } },
    userCode: { target: userCodeSchema, traits: { required: true } },
    verificationUri: { target: uriSchema, traits: { required: true } },
    verificationUriComplete: { target: uriSchema, traits: { required: true } },
    expiresIn: { target: expirationInSecondsSchema, traits: { required: true } },
    interval: { target: intervalInSecondsSchema, traits: { required: true } },
  },
};

/** com.amazonaws.ssooidc#AWSSSOOIDCService, version 2019-06-10. */
export const ssoOidcService: ServiceSchema = {
  name: 'AWSSSOOIDCService',
  namespace: 'com.amazonaws.ssooidc',
  version: '2019-06-10',
  protocol: 'restJson1',
  signingName: 'sso-oauth',
  operations: {
    CreateToken: {
      name: 'CreateToken',
      input: createTokenRequestSchema,
      output: createTokenResponseSchema,
      errors: [
        accessDeniedExceptionSchema,
        authorizationPendingExceptionSchema,
        expiredTokenExceptionSchema,
        internalServerExceptionSchema,
        invalidClientExceptionSchema,
        invalidGrantExceptionSchema,
        invalidRequestExceptionSchema,
        invalidScopeExceptionSchema,
        slowDownExceptionSchema,
        unauthorizedClientExceptionSchema,
        unsupportedGrantTypeExceptionSchema,
      ],
      http: { method: 'POST', uri: '/token', code: 200 },
      auth: [],
    },
    CreateTokenWithIAM: {
      name: 'CreateTokenWithIAM',
      input: createTokenWithIAMRequestSchema,
      output: createTokenWithIAMResponseSchema,
      errors: [
        accessDeniedExceptionSchema,
        authorizationPendingExceptionSchema,
        expiredTokenExceptionSchema,
        internalServerExceptionSchema,
        invalidClientExceptionSchema,
        invalidGrantExceptionSchema,
        invalidRequestExceptionSchema,
        invalidRequestRegionExceptionSchema,
        invalidScopeExceptionSchema,
        slowDownExceptionSchema,
        unauthorizedClientExceptionSchema,
        unsupportedGrantTypeExceptionSchema,
      ],
      http: { method: 'POST', uri: '/token?aws_iam=t', code: 200 },
      auth: ['sigv4'],
    },
    RegisterClient: {
      name: 'RegisterClient',
      input: registerClientRequestSchema,
      output: registerClientResponseSchema,
      errors: [
        internalServerExceptionSchema,
        invalidClientMetadataExceptionSchema,
        invalidRedirectUriExceptionSchema,
        invalidRequestExceptionSchema,
        invalidScopeExceptionSchema,
        slowDownExceptionSchema,
        unsupportedGrantTypeExceptionSchema,
      ],
      http: { method: 'POST', uri: '/client/register', code: 200 },
      auth: [],
    },
    StartDeviceAuthorization: {
      name: 'StartDeviceAuthorization',
      input: startDeviceAuthorizationRequestSchema,
      output: startDeviceAuthorizationResponseSchema,
      errors: [
        internalServerExceptionSchema,
        invalidClientExceptionSchema,
        invalidRequestExceptionSchema,
        slowDownExceptionSchema,
        unauthorizedClientExceptionSchema,
      ],
      http: { method: 'POST', uri: '/device_authorization', code: 200 },
      auth: [],
    },
  },
  errors: [],
};
