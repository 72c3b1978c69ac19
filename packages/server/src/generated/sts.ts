// Generated from models/sts.json (com.amazonaws.sts#AWSSecurityTokenServiceV20110615, version 2011-06-15): change the model, then generate again.
import { ModeledError } from '@latchkey/wire';
import type { ErrorSchema, Schema, ServiceSchema, StructureSchema } from '@latchkey/wire';

/** The caller may not do this. */
export interface AccessDenied {
  /** What was wrong, in a sentence. */
  readonly message?: string | undefined;
}

/** The temporary credentials have expired: get new ones. */
export interface ExpiredToken {
  /** What was wrong, in a sentence. */
  readonly message?: string | undefined;
}

/** Takes no parameters: the signature says it all. */
export type GetCallerIdentityRequest = Record<string, never>;

/** Who the caller is. */
export interface GetCallerIdentityResponse {
  /**
   * The unique id of the caller: for an assumed role, the id of the role, a colon, and the name of the
   * session.
   */
  readonly UserId: string;
  /** The account the caller acts in. */
  readonly Account: string;
  /** The ARN of the caller. */
  readonly Arn: string;
}

/** The signature lacks a part, or a part of it is malformed. */
export interface IncompleteSignature {
  /** What was wrong, in a sentence. */
  readonly message?: string | undefined;
}

/** Something went wrong on the side of the service. The request may be sent again. */
export interface InternalFailure {
  /** What was wrong, in a sentence. */
  readonly message?: string | undefined;
}

/** There is no such action in this version of the API. */
export interface InvalidAction {
  /** What was wrong, in a sentence. */
  readonly message?: string | undefined;
}

/** The access key id or the session token is not known. */
export interface InvalidClientTokenId {
  /** What was wrong, in a sentence. */
  readonly message?: string | undefined;
}

/** The request names no action. */
export interface MissingAction {
  /** What was wrong, in a sentence. */
  readonly message?: string | undefined;
}

/** The request is not signed. */
export interface MissingAuthenticationToken {
  /** What was wrong, in a sentence. */
  readonly message?: string | undefined;
}

/** The signature is not the one the request should have, or its time is too far off. */
export interface SignatureDoesNotMatch {
  /** What was wrong, in a sentence. */
  readonly message?: string | undefined;
}

/** Requests come too fast: wait before the next. */
export interface Throttling {
  /** What was wrong, in a sentence. */
  readonly message?: string | undefined;
}

/** A parameter is missing, malformed or out of range. */
export interface ValidationError {
  /** What was wrong, in a sentence. */
  readonly message?: string | undefined;
}

/** The members of each error of the service, by its name. */
export interface StsErrors {
  readonly AccessDenied: AccessDenied;
  readonly ExpiredToken: ExpiredToken;
  readonly IncompleteSignature: IncompleteSignature;
  readonly InternalFailure: InternalFailure;
  readonly InvalidAction: InvalidAction;
  readonly InvalidClientTokenId: InvalidClientTokenId;
  readonly MissingAction: MissingAction;
  readonly MissingAuthenticationToken: MissingAuthenticationToken;
  readonly SignatureDoesNotMatch: SignatureDoesNotMatch;
  readonly Throttling: Throttling;
  readonly ValidationError: ValidationError;
}

/** An error of the service: a handler throws it to answer with it. */
export class StsError<
  Name extends keyof StsErrors = keyof StsErrors,
> extends ModeledError<Name, StsErrors[Name]> {}

/** The errors that `GetCallerIdentity` may answer with, told apart by `name`. */
export type GetCallerIdentityError =
  | StsError<'AccessDenied'>
  | StsError<'ExpiredToken'>
  | StsError<'IncompleteSignature'>
  | StsError<'InternalFailure'>
  | StsError<'InvalidAction'>
  | StsError<'InvalidClientTokenId'>
  | StsError<'MissingAction'>
  | StsError<'MissingAuthenticationToken'>
  | StsError<'SignatureDoesNotMatch'>
  | StsError<'Throttling'>
  | StsError<'ValidationError'>;

/**
 * The handlers of Security token service. `Context` is what the server hands to each besides its input.
 *
 * @see com.amazonaws.sts#AWSSecurityTokenServiceV20110615
 */
export interface StsHandlers<Context> {
  /**
   * Says whose credentials the request was signed with. Anyone with valid credentials may call it.
   *
   * @see com.amazonaws.sts#GetCallerIdentity
   */
  readonly GetCallerIdentity: (
    input: GetCallerIdentityRequest,
    context: Context,
  ) => GetCallerIdentityResponse | Promise<GetCallerIdentityResponse>;
}

const getCallerIdentityRequestSchema: StructureSchema = {
  type: 'structure',
  name: 'GetCallerIdentityRequest',
  members: {},
};

const userIdTypeSchema: Schema = { type: 'string' };

const accountTypeSchema: Schema = { type: 'string' };

const arnTypeSchema: Schema = { type: 'string', traits: { length: { min: 20, max: 2048 } } };

const getCallerIdentityResponseSchema: StructureSchema = {
  type: 'structure',
  name: 'GetCallerIdentityResponse',
  members: {
    UserId: { target: userIdTypeSchema, traits: { required: true } },
    Account: { target: accountTypeSchema, traits: { required: true } },
    Arn: { target: arnTypeSchema, traits: { required: true } },
  },
};

const errorMessageTypeSchema: Schema = { type: 'string' };

const accessDeniedSchema: ErrorSchema = {
  type: 'structure',
  name: 'AccessDenied',
  members: { message: { target: errorMessageTypeSchema } },
  fault: 'client',
  status: 403,
  queryError: { code: 'AccessDenied', status: 403 },
};

const expiredTokenSchema: ErrorSchema = {
  type: 'structure',
  name: 'ExpiredToken',
  members: { message: { target: errorMessageTypeSchema } },
  fault: 'client',
  status: 403,
  queryError: { code: 'ExpiredToken', status: 403 },
};

const incompleteSignatureSchema: ErrorSchema = {
  type: 'structure',
  name: 'IncompleteSignature',
  members: { message: { target: errorMessageTypeSchema } },
  fault: 'client',
  status: 400,
  queryError: { code: 'IncompleteSignature', status: 400 },
};

const internalFailureSchema: ErrorSchema = {
  type: 'structure',
  name: 'InternalFailure',
  members: { message: { target: errorMessageTypeSchema } },
  fault: 'server',
  status: 500,
  queryError: { code: 'InternalFailure', status: 500 },
};

const invalidActionSchema: ErrorSchema = {
  type: 'structure',
  name: 'InvalidAction',
  members: { message: { target: errorMessageTypeSchema } },
  fault: 'client',
  status: 400,
  queryError: { code: 'InvalidAction', status: 400 },
};

const invalidClientTokenIdSchema: ErrorSchema = {
  type: 'structure',
  name: 'InvalidClientTokenId',
  members: { message: { target: errorMessageTypeSchema } },
  fault: 'client',
  status: 403,
  queryError: { code: 'InvalidClientTokenId', status: 403 },
};

const missingActionSchema: ErrorSchema = {
  type: 'structure',
  name: 'MissingAction',
  members: { message: { target: errorMessageTypeSchema } },
  fault: 'client',
  status: 400,
  queryError: { code: 'MissingAction', status: 400 },
};

const missingAuthenticationTokenSchema: ErrorSchema = {
  type: 'structure',
  name: 'MissingAuthenticationToken',
  members: { message: { target: errorMessageTypeSchema } },
  fault: 'client',
  status: 403,
  queryError: { code: 'MissingAuthenticationToken', status: 403 },
};

const signatureDoesNotMatchSchema: ErrorSchema = {
  type: 'structure',
  name: 'SignatureDoesNotMatch',
  members: { message: { target: errorMessageTypeSchema } },
  fault: 'client',
  status: 403,
  queryError: { code: 'SignatureDoesNotMatch', status: 403 },
};

const throttlingSchema: ErrorSchema = {
  type: 'structure',
  name: 'Throttling',
  members: { message: { target: errorMessageTypeSchema } },
  fault: 'client',
  status: 400,
  queryError: { code: 'Throttling', status: 400 },
};

const validationErrorSchema: ErrorSchema = {
  type: 'structure',
  name: 'ValidationError',
  members: { message: { target: errorMessageTypeSchema } },
  fault: 'client',
  status: 400,
  queryError: { code: 'ValidationError', status: 400 },
};

/** com.amazonaws.sts#AWSSecurityTokenServiceV20110615, version 2011-06-15. */
export const stsService: ServiceSchema = {
  name: 'AWSSecurityTokenServiceV20110615',
  namespace: 'com.amazonaws.sts',
  version: '2011-06-15',
  xmlNamespace: { uri: 'https://sts.amazonaws.com/doc/2011-06-15/' },
  protocol: 'awsQuery',
  signingName: 'sts',
  operations: {
    GetCallerIdentity: {
      name: 'GetCallerIdentity',
      input: getCallerIdentityRequestSchema,
      output: getCallerIdentityResponseSchema,
      errors: [
        accessDeniedSchema,
        expiredTokenSchema,
        incompleteSignatureSchema,
        internalFailureSchema,
        invalidActionSchema,
        invalidClientTokenIdSchema,
        missingActionSchema,
        missingAuthenticationTokenSchema,
        signatureDoesNotMatchSchema,
        throttlingSchema,
        validationErrorSchema,
      ],
      auth: ['sigv4'],
    },
  },
  errors: [
    accessDeniedSchema,
    expiredTokenSchema,
    incompleteSignatureSchema,
    internalFailureSchema,
    invalidActionSchema,
    invalidClientTokenIdSchema,
    missingActionSchema,
    missingAuthenticationTokenSchema,
    signatureDoesNotMatchSchema,
    throttlingSchema,
    validationErrorSchema,
  ],
};
