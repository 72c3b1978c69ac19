// Generated from models/sso.json (com.amazonaws.sso#SWBPortalService, version 2019-06-10): change the model, then generate again.
import { ModeledError } from '@latchkey/wire';
import type { ErrorSchema, Schema, ServiceSchema, StructureSchema } from '@latchkey/wire';

/** An account in which a role is assigned. */
export interface AccountInfo {
  /** The id of the account. */
  readonly accountId: string;
  /** The name of the account. */
  readonly accountName?: string | undefined;
  /** The mail address of the account. */
  readonly emailAddress?: string | undefined;
}

/** The role is not assigned to the person in this account, or there is no such role or account. */
export interface ForbiddenException {
  /** What was wrong, in a sentence. */
  readonly message?: string | undefined;
}

/** Asks for role credentials. */
export interface GetRoleCredentialsRequest {
  /** The name of the role, which is that of the assigned permission set. */
  readonly roleName: string;
  /** The account. */
  readonly accountId: string;
  /** The access token given by CreateToken of SSO OIDC. */
  readonly accessToken: string;
}

/** Role credentials. */
export interface GetRoleCredentialsResponse {
  /** The credentials. */
  readonly roleCredentials: RoleCredentials;
}

/** Something failed in the service itself. Sending the request again may help. */
export interface InternalServerException {
  /** What to do, in a sentence. */
  readonly message?: string | undefined;
}

/** A member is missing, malformed or out of range. */
export interface InvalidRequestException {
  /** What was wrong, in a sentence. */
  readonly message?: string | undefined;
}

/** Asks for a page of roles. */
export interface ListAccountRolesRequest {
  /** Where to go on: `nextToken` of the page before. */
  readonly nextToken?: string | undefined;
  /** How many to return at most, 1 to 100. */
  readonly maxResults?: number | undefined;
  /** The access token given by CreateToken of SSO OIDC. */
  readonly accessToken: string;
  /** The account. */
  readonly accountId: string;
}

/** A page of roles. */
export interface ListAccountRolesResponse {
  /** Where the next page starts; absent on the last. */
  readonly nextToken?: string | undefined;
  /** The roles, by name. */
  readonly roleList: readonly RoleInfo[];
}

/** Asks for a page of accounts. */
export interface ListAccountsRequest {
  /** Where to go on: `nextToken` of the page before. */
  readonly nextToken?: string | undefined;
  /** How many to return at most, 1 to 100. */
  readonly maxResults?: number | undefined;
  /** The access token given by CreateToken of SSO OIDC. */
  readonly accessToken: string;
}

/** A page of accounts. */
export interface ListAccountsResponse {
  /** Where the next page starts; absent on the last. */
  readonly nextToken?: string | undefined;
  /** The accounts, by name. */
  readonly accountList: readonly AccountInfo[];
}

/** Asks to sign out. */
export interface LogoutRequest {
  /** The access token given by CreateToken of SSO OIDC. */
  readonly accessToken: string;
}

/** What was asked for does not exist. */
export interface ResourceNotFoundException {
  /** What was wrong, in a sentence. */
  readonly message?: string | undefined;
}

/** Temporary credentials, to sign requests with. */
export interface RoleCredentials {
  /** Names the credentials. */
  readonly accessKeyId: string;
  /** The key to sign with. */
  readonly secretAccessKey: string;
  /** To be sent with every signed request. */
  readonly sessionToken: string;
  /** When the credentials end, in milliseconds since the Unix epoch. */
  readonly expiration: number | bigint;
}

/** A role that is assigned. */
export interface RoleInfo {
  /** The name of the role, which is that of the permission set. */
  readonly roleName: string;
  /** The account it is assigned in. */
  readonly accountId: string;
}

/** Requests come too fast: wait before the next. */
export interface TooManyRequestsException {
  /** What was wrong, in a sentence. */
  readonly message?: string | undefined;
}

/** The access token is unknown, has expired, or its session has ended: sign in again. */
export interface UnauthorizedException {
  /** What was wrong, in a sentence. */
  readonly message?: string | undefined;
}

export type Unit = Record<string, never>;

/** The members of each error of the service, by its name. */
export interface SsoErrors {
  readonly ForbiddenException: ForbiddenException;
  readonly InternalServerException: InternalServerException;
  readonly InvalidRequestException: InvalidRequestException;
  readonly ResourceNotFoundException: ResourceNotFoundException;
  readonly TooManyRequestsException: TooManyRequestsException;
  readonly UnauthorizedException: UnauthorizedException;
}

/** An error of the service: a handler throws it to answer with it. */
export class SsoError<
  Name extends keyof SsoErrors = keyof SsoErrors,
> extends ModeledError<Name, SsoErrors[Name]> {}

/** The errors that `GetRoleCredentials` may answer with, told apart by `name`. */
export type GetRoleCredentialsError =
  | SsoError<'ForbiddenException'>
  | SsoError<'InvalidRequestException'>
  | SsoError<'ResourceNotFoundException'>
  | SsoError<'TooManyRequestsException'>
  | SsoError<'UnauthorizedException'>
  | SsoError<'InternalServerException'>;

/** The errors that `ListAccountRoles` may answer with, told apart by `name`. */
export type ListAccountRolesError =
  | SsoError<'ForbiddenException'>
  | SsoError<'InvalidRequestException'>
  | SsoError<'ResourceNotFoundException'>
  | SsoError<'TooManyRequestsException'>
  | SsoError<'UnauthorizedException'>
  | SsoError<'InternalServerException'>;

/** The errors that `ListAccounts` may answer with, told apart by `name`. */
export type ListAccountsError =
  | SsoError<'ForbiddenException'>
  | SsoError<'InvalidRequestException'>
  | SsoError<'ResourceNotFoundException'>
  | SsoError<'TooManyRequestsException'>
  | SsoError<'UnauthorizedException'>
  | SsoError<'InternalServerException'>;

/** The errors that `Logout` may answer with, told apart by `name`. */
export type LogoutError =
  | SsoError<'InvalidRequestException'>
  | SsoError<'TooManyRequestsException'>
  | SsoError<'UnauthorizedException'>
  | SsoError<'InternalServerException'>;

/**
 * The handlers of SSO access portal. `Context` is what the server hands to each besides its input.
 *
 * @see com.amazonaws.sso#SWBPortalService
 */
export interface SsoHandlers<Context> {
  /**
   * Gives short-lived credentials for a role that the person is assigned in an account.
   *
   * @see com.amazonaws.sso#GetRoleCredentials
   */
  readonly GetRoleCredentials: (
    input: GetRoleCredentialsRequest,
    context: Context,
  ) => GetRoleCredentialsResponse | Promise<GetRoleCredentialsResponse>;

  /**
   * Lists the roles the person is assigned in one account.
   *
   * @see com.amazonaws.sso#ListAccountRoles
   */
  readonly ListAccountRoles: (
    input: ListAccountRolesRequest,
    context: Context,
  ) => ListAccountRolesResponse | Promise<ListAccountRolesResponse>;

  /**
   * Lists the accounts in which the person is assigned at least one role.
   *
   * @see com.amazonaws.sso#ListAccounts
   */
  readonly ListAccounts: (
    input: ListAccountsRequest,
    context: Context,
  ) => ListAccountsResponse | Promise<ListAccountsResponse>;

  /**
   * Ends the sign-in session behind the access token, and all tokens and role credentials that came of it.
   *
   * @see com.amazonaws.sso#Logout
   */
  readonly Logout: (
    input: LogoutRequest,
    context: Context,
  ) => Unit | Promise<Unit>;
}

const roleNameTypeSchema: Schema = { type: 'string' };

const accountIdTypeSchema: Schema = { type: 'string' };

const accessTokenTypeSchema: Schema = { type: 'string', traits: { sensitive: true, length: { max: 4096 } } };

const getRoleCredentialsRequestSchema: StructureSchema = {
  type: 'structure',
  name: 'GetRoleCredentialsRequest',
  members: {
    roleName: { target: roleNameTypeSchema, traits: { required: true, httpQuery: 'role_name' } },
    accountId: { target: accountIdTypeSchema, traits: { required: true, httpQuery: 'account_id' } },
    accessToken: {
      target: accessTokenTypeSchema,
      traits: { required: true, httpHeader: 'x-amz-sso_bearer_token' },
    },
  },
};

const accessKeyTypeSchema: Schema = { type: 'string' };

const secretAccessKeyTypeSchema: Schema = { type: 'string', traits: { sensitive: true } };

const sessionTokenTypeSchema: Schema = { type: 'string', traits: { sensitive: true } };

const expirationTimestampTypeSchema: Schema = { type: 'long' };

const roleCredentialsSchema: StructureSchema = {
  type: 'structure',
  name: 'RoleCredentials',
  members: {
    accessKeyId: { target: accessKeyTypeSchema, traits: { required: true } },
    secretAccessKey: { target: secretAccessKeyTypeSchema, traits: { required: true } },
    sessionToken: { target: sessionTokenTypeSchema, traits: { required: true } },
    expiration: { target: expirationTimestampTypeSchema, traits: { required: true } },
  },
};

const getRoleCredentialsResponseSchema: StructureSchema = {
  type: 'structure',
  name: 'GetRoleCredentialsResponse',
  members: { roleCredentials: { target: roleCredentialsSchema, traits: { required: true } } },
};

const errorDescriptionSchema: Schema = { type: 'string' };

const forbiddenExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'ForbiddenException',
  members: { message: { target: errorDescriptionSchema } },
  fault: 'client',
  status: 403,
};

const invalidRequestExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'InvalidRequestException',
  members: { message: { target: errorDescriptionSchema } },
  fault: 'client',
  status: 400,
};

const resourceNotFoundExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'ResourceNotFoundException',
  members: { message: { target: errorDescriptionSchema } },
  fault: 'client',
  status: 404,
};

const tooManyRequestsExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'TooManyRequestsException',
  members: { message: { target: errorDescriptionSchema } },
  fault: 'client',
  status: 429,
};

const unauthorizedExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'UnauthorizedException',
  members: { message: { target: errorDescriptionSchema } },
  fault: 'client',
  status: 401,
};

const nextTokenTypeSchema: Schema = { type: 'string', traits: { length: { max: 4096 } } };

const maxResultTypeSchema: Schema = { type: 'integer', traits: { range: { min: 1, max: 100 } } };

const listAccountRolesRequestSchema: StructureSchema = {
  type: 'structure',
  name: 'ListAccountRolesRequest',
  members: {
    nextToken: { target: nextTokenTypeSchema, traits: { httpQuery: 'next_token' } },
    maxResults: { target: maxResultTypeSchema, traits: { httpQuery: 'max_result' } },
    accessToken: {
      target: accessTokenTypeSchema,
      traits: { required: true, httpHeader: 'x-amz-sso_bearer_token' },
    },
    accountId: { target: accountIdTypeSchema, traits: { required: true, httpQuery: 'account_id' } },
  },
};

const roleInfoSchema: StructureSchema = {
  type: 'structure',
  name: 'RoleInfo',
  members: {
    roleName: { target: roleNameTypeSchema, traits: { required: true } },
    accountId: { target: accountIdTypeSchema, traits: { required: true } },
  },
};

const roleListTypeSchema: Schema = { type: 'list', member: { target: roleInfoSchema } };

const listAccountRolesResponseSchema: StructureSchema = {
  type: 'structure',
  name: 'ListAccountRolesResponse',
  members: {
    nextToken: { target: nextTokenTypeSchema },
    roleList: { target: roleListTypeSchema, traits: { required: true } },
  },
};

const listAccountsRequestSchema: StructureSchema = {
  type: 'structure',
  name: 'ListAccountsRequest',
  members: {
    nextToken: { target: nextTokenTypeSchema, traits: { httpQuery: 'next_token' } },
    maxResults: { target: maxResultTypeSchema, traits: { httpQuery: 'max_result' } },
    accessToken: {
      target: accessTokenTypeSchema,
      traits: { required: true, httpHeader: 'x-amz-sso_bearer_token' },
    },
  },
};

const accountNameTypeSchema: Schema = { type: 'string' };

const emailAddressTypeSchema: Schema = { type: 'string', traits: { length: { min: 1, max: 254 } } };

const accountInfoSchema: StructureSchema = {
  type: 'structure',
  name: 'AccountInfo',
  members: {
    accountId: { target: accountIdTypeSchema, traits: { required: true } },
    accountName: { target: accountNameTypeSchema },
    emailAddress: { target: emailAddressTypeSchema },
  },
};

const accountListTypeSchema: Schema = { type: 'list', member: { target: accountInfoSchema } };

const listAccountsResponseSchema: StructureSchema = {
  type: 'structure',
  name: 'ListAccountsResponse',
  members: {
    nextToken: { target: nextTokenTypeSchema },
    accountList: { target: accountListTypeSchema, traits: { required: true } },
  },
};

const logoutRequestSchema: StructureSchema = {
  type: 'structure',
  name: 'LogoutRequest',
  members: {
    accessToken: {
      target: accessTokenTypeSchema,
      traits: { required: true, httpHeader: 'x-amz-sso_bearer_token' },
    },
  },
};

const unitSchema: StructureSchema = { type: 'structure', name: 'Unit', members: {} };

const internalServerExceptionSchema: ErrorSchema = {
  type: 'structure',
  name: 'InternalServerException',
  members: { message: { target: errorDescriptionSchema } },
  fault: 'server',
  status: 500,
};

/** com.amazonaws.sso#SWBPortalService, version 2019-06-10. */
export const ssoService: ServiceSchema = {
  name: 'SWBPortalService',
  namespace: 'com.amazonaws.sso',
  version: '2019-06-10',
  protocol: 'restJson1',
  signingName: 'awsssoportal',
  operations: {
    GetRoleCredentials: {
      name: 'GetRoleCredentials',
      input: getRoleCredentialsRequestSchema,
      output: getRoleCredentialsResponseSchema,
      errors: [
        forbiddenExceptionSchema,
        invalidRequestExceptionSchema,
        resourceNotFoundExceptionSchema,
        tooManyRequestsExceptionSchema,
        unauthorizedExceptionSchema,
        internalServerExceptionSchema,
      ],
      http: { method: 'GET', uri: '/federation/credentials', code: 200 },
      auth: [],
    },
    ListAccountRoles: {
      name: 'ListAccountRoles',
      input: listAccountRolesRequestSchema,
      output: listAccountRolesResponseSchema,
      errors: [
        forbiddenExceptionSchema,
        invalidRequestExceptionSchema,
        resourceNotFoundExceptionSchema,
        tooManyRequestsExceptionSchema,
        unauthorizedExceptionSchema,
        internalServerExceptionSchema,
      ],
      http: { method: 'GET', uri: '/assignment/roles', code: 200 },
      auth: [],
    },
    ListAccounts: {
      name: 'ListAccounts',
      input: listAccountsRequestSchema,
      output: listAccountsResponseSchema,
      errors: [
        forbiddenExceptionSchema,
        invalidRequestExceptionSchema,
        resourceNotFoundExceptionSchema,
        tooManyRequestsExceptionSchema,
        unauthorizedExceptionSchema,
        internalServerExceptionSchema,
      ],
      http: { method: 'GET', uri: '/assignment/accounts', code: 200 },
      auth: [],
    },
    Logout: {
      name: 'Logout',
      input: logoutRequestSchema,
      output: unitSchema,
      errors: [
        invalidRequestExceptionSchema,
        tooManyRequestsExceptionSchema,
        unauthorizedExceptionSchema,
        internalServerExceptionSchema,
      ],
      http: { method: 'POST', uri: '/logout', code: 200 },
      auth: [],
    },
  },
  errors: [internalServerExceptionSchema],
};
