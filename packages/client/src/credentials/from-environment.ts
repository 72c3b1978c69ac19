import { ClientError } from '../client-error.ts';
import { environmentOf } from '../config-files/variables.ts';
import { environmentHint } from '../platform/environment.ts';
import type { CredentialProvider } from './credentials.ts';
import type { ProviderOptions } from './provider-options.ts';

const keyName = 'AWS_ACCESS_KEY_ID';
const secretName = 'AWS_SECRET_ACCESS_KEY';

/** Gets credentials from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and the variables that go with them. */
export function fromEnvironment(options: ProviderOptions = {}): CredentialProvider {
  return async () => {
    const env = environmentOf(options.env);
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
    const sessionToken = env('AWS_SESSION_TOKEN');
    const expiration = env('AWS_CREDENTIAL_EXPIRATION');
    const accountId = env('AWS_ACCOUNT_ID');
    return {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken && { sessionToken }),
      ...(expiration && { expiration: new Date(expiration) }),
      ...(accountId && { accountId }),
    };
  };
}
