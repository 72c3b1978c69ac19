import { ClientError } from '../client-error.ts';
import type { NamedProfile } from '../config-files/shared-config.ts';
import type { Credentials } from './credentials.ts';

/**
 * Access keys that are written in a profile.
 *
 * @throws {ClientError} `badConfiguration` when only one of the two keys is there
 */
export function staticKeys({ name, values }: NamedProfile): Credentials | undefined {
  const accessKeyId = values.get('aws_access_key_id');
  const secretAccessKey = values.get('aws_secret_access_key');
  if (!accessKeyId && !secretAccessKey) return undefined;
  if (!accessKeyId || !secretAccessKey) {
    const missing = accessKeyId ? 'aws_secret_access_key' : 'aws_access_key_id';
    throw new ClientError('badConfiguration', `Cannot use profile "${name}": ${missing} is missing`);
  }
  const sessionToken = values.get('aws_session_token');
  const accountId = values.get('aws_account_id');
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    ...(accountId && { accountId }),
  };
}
