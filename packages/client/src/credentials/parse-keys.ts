import type { Credentials } from './credentials.ts';

/** Parses a JSON object. Any other text gives an empty object. */
export function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/**
 * Reads credentials in the JSON form of processes, containers and instances.
 *
 * @param tokenName name of the member with the session token
 * @returns `undefined` when a key is missing
 */
export function parseKeys(
  value: Readonly<Record<string, unknown>>,
  tokenName: 'SessionToken' | 'Token',
): Credentials | undefined {
  const { AccessKeyId, SecretAccessKey, [tokenName]: token, Expiration, AccountId } = value;
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') return undefined;
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(typeof token === 'string' && { sessionToken: token }),
    ...(typeof Expiration === 'string' && { expiration: new Date(Expiration) }),
    ...(typeof AccountId === 'string' && { accountId: AccountId }),
  };
}
