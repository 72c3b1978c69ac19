import { ClientError } from '../client-error.ts';
import type { CredentialProvider, Credentials } from './credentials.ts';
import { refreshing } from './refreshing.ts';

/** Credentials as the aws_api library for Deno spells them. */
export interface AwsApiCredentials {
  readonly awsAccessKeyId: string;
  readonly awsSecretKey: string;
  readonly sessionToken?: string | undefined;
  readonly expiresAt?: Date | undefined;
  readonly region?: string | undefined;
}

/** A provider as the aws_api library for Deno has them. */
export interface AwsApiCredentialsProvider {
  getCredentials(): Promise<Credentials | AwsApiCredentials>;
}

/** What a program may hand a client as `credentials`. */
export type CredentialsOption = Credentials | AwsApiCredentials;
/** What a program may hand a client as `credentialProvider`. */
export type CredentialProviderOption = CredentialProvider | AwsApiCredentialsProvider;

/**
 * Credentials in either spelling, in ours.
 *
 * @throws {ClientError} `badConfiguration` where a key is missing, such as one from an environment that has none
 */
export function toCredentials(given: CredentialsOption, source = 'the option credentials'): Credentials {
  const credentials = 'awsAccessKeyId' in Object(given) ? translate(given as AwsApiCredentials) : given;
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
 * A provider in either form, in ours. What a function gives is remembered until it has to be refreshed; an object is
 * asked at every call, as aws_api does, because it may give other credentials without saying when.
 */
export function toCredentialProvider(given: CredentialProviderOption): CredentialProvider {
  const source = 'what credentialProvider gave';
  if (typeof given === 'function') {
    return refreshing(async (context) => toCredentials(await given(context), source));
  }
  return async () => toCredentials(await given.getCredentials(), source);
}
