import { ClientError } from '../client-error.ts';
import type { CredentialContext, CredentialProvider, Credentials } from './credentials.ts';
import { refreshing } from './refreshing.ts';

/** Credentials in the form of the aws_api library for Deno. */
export interface AwsApiCredentials {
  readonly awsAccessKeyId: string;
  readonly awsSecretKey: string;
  readonly sessionToken?: string | undefined;
  readonly expiresAt?: Date | undefined;
  readonly region?: string | undefined;
}

/** A credential provider in the form of the aws_api library for Deno. */
export interface AwsApiCredentialsProvider {
  /** @param context what a client tells every provider; a provider may ignore it */
  getCredentials(context?: CredentialContext): Promise<Credentials | AwsApiCredentials>;
}

/** Forms in which a program may give `credentials`. */
export type CredentialsOption = Credentials | AwsApiCredentials;
/** Forms in which a program may give a `credentialProvider`. */
export type CredentialProviderOption = CredentialProvider | AwsApiCredentialsProvider;

/**
 * Converts credentials of either form to ours.
 *
 * @throws {ClientError} `badConfiguration` where a key is missing, e.g. because an environment variable is not set
 */
export function toCredentials(given: CredentialsOption, source = 'the option credentials'): Credentials {
  const isOurs = 'accessKeyId' in Object(given) || !('awsAccessKeyId' in Object(given));
  const credentials = isOurs ? given : translate(given as AwsApiCredentials);
  const { accessKeyId, secretAccessKey }: Partial<Credentials> = Object(credentials);
  if (accessKeyId && secretAccessKey) return credentials as Credentials;
  const missing = accessKeyId ? 'secretAccessKey' : 'accessKeyId';
  throw new ClientError('badConfiguration', `Cannot use ${source}: ${missing} is missing`);
}

function translate(given: AwsApiCredentials): Credentials {
  const { awsAccessKeyId, awsSecretKey, sessionToken, expiresAt, region } = given;
  return {
    accessKeyId: awsAccessKeyId,
    secretAccessKey: awsSecretKey,
    ...(sessionToken && { sessionToken }),
    ...(expiresAt && { expiration: expiresAt }),
    ...(region && { region }),
  };
}

/**
 * Converts a provider of either form to ours. Credentials from a function are cached until they must be refreshed. An
 * object (the form of aws_api) is asked at every call, as aws_api does: it may change its credentials at any time.
 */
export function toCredentialProvider(given: CredentialProviderOption): CredentialProvider {
  const source = 'what credentialProvider gave';
  if (typeof given === 'function') {
    return refreshing(async (context) => toCredentials(await given(context), source));
  }
  return async (context) => toCredentials(await given.getCredentials(context), source);
}
