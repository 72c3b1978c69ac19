import { ClientError } from '../client-error.ts';
import { environmentOf } from '../config-files/variables.ts';
import { environmentHint } from '../platform/environment.ts';
import type { CredentialProvider } from './credentials.ts';
import type { ProviderOptions } from './provider-options.ts';

/** Options of `fromEnvironment`. */
export interface EnvironmentOptions extends ProviderOptions {
  /** What the names of the variables begin with. Default: `AWS`. */
  readonly prefix?: string | undefined;
}

/** Gets credentials from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and the variables that go with them. */
export function fromEnvironment({ prefix = 'AWS', ...options }: EnvironmentOptions = {}): CredentialProvider {
  const keyName = `${prefix}_ACCESS_KEY_ID`;
  const secretName = `${prefix}_SECRET_ACCESS_KEY`;
  return async () => {
    const env = environmentOf(options.env, options.overrides);
    const accessKeyId = env(keyName);
    const secretAccessKey = env(secretName);
    if (accessKeyId === undefined && secretAccessKey === undefined) {
      throw new ClientError('noCredentials', `${keyName} is not set${environmentHint(keyName, secretName)}`);
    }
    if (accessKeyId === undefined || secretAccessKey === undefined) {
      const [there, missing] = accessKeyId === undefined ? [secretName, keyName] : [keyName, secretName];
      const problem = `Cannot use ${there}: ${missing} is not set${environmentHint(missing)}`;
      throw new ClientError('badConfiguration', problem);
    }
    const sessionToken = env(`${prefix}_SESSION_TOKEN`);
    const expiration = env(`${prefix}_CREDENTIAL_EXPIRATION`);
    const accountId = env(`${prefix}_ACCOUNT_ID`);
    const region = env(`${prefix}_REGION`);
    return {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken && { sessionToken }),
      ...(expiration && { expiration: new Date(expiration) }),
      ...(accountId && { accountId }),
      ...(region && { region }),
    };
  };
}
