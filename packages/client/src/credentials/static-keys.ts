import { ClientError } from '../client-error.ts';
import type { NamedProfile } from '../config-files/shared-config.ts';
import type { Credentials } from './credentials.ts';

/**
 * Access keys that are written in a profile.
 *
 * @throws {ClientError} `badConfiguration` when only one of the two keys is there
 */
export function staticKeys({ name, keys }: NamedProfile): Credentials | undefined {
  const accessKeyId = keys.get('aws_access_key_id');
  const secretAccessKey = keys.get('aws_secret_access_key');
  if (!accessKeyId && !secretAccessKey) return undefined;
  if (!accessKeyId || !secretAccessKey) {
    const missing = accessKeyId ? 'aws_secret_access_key' : 'aws_access_key_id';
    throw new ClientError('badConfiguration', `Cannot use profile "${name}": ${missing} is missing`);
  }
  const sessionToken = keys.get('aws_security_token') ?? keys.get('aws_session_token');
  const accountId = keys.get('aws_account_id');
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    ...(accountId && { accountId }),
  };
}
