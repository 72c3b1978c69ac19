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

/** Credentials in either spelling, in ours. */
export function toCredentials(given: CredentialsOption): Credentials {
  if (!('awsAccessKeyId' in given)) return given;
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
  if (typeof given === 'function') return refreshing(given);
  return async () => toCredentials(await given.getCredentials());
}
