import type { Credentials } from './credentials.ts';

/** Reads a JSON object; whatever else the text is, there is nothing in it. */
export function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

/**
 * Reads credentials as processes, containers and instances spell them.
 *
 * @param tokenName What the session token is called there
 * @returns `undefined` when the keys are not there
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
