import { ClientError } from '../client-error.ts';
import { prepareReplacement } from '../platform/files.ts';
import { createToken, type Token } from './services/create-token.ts';
import { type Caller, isRefusal } from './services/service-call.ts';
import { type CachedToken, expiryMs, readToken, tokenText } from './sso-token-cache.ts';

/** Tokens are refreshed this long before they expire, like in the AWS CLI, which then need not refresh them itself. */
const refreshAheadMs = 15 * 60_000;

const ended =
  /^(InvalidGrant|ExpiredToken|InvalidClient|UnauthorizedClient|AccessDenied|InvalidRequest)Exception$/;

/** Makes the error that tells the person to sign in again. */
export type SignInRequired = (why: string, cause?: unknown) => ClientError;

const refreshes = new Map<string, Promise<string>>();

/**
 * The access token that `aws sso login` stored in a file, refreshed there when it expires within 15 minutes.
 *
 * Other programs refresh the same file, without a lock. So the file is read again after a refresh: if ours failed
 * because another program was faster, that program's token is used; and a token that expires later is not overwritten.
 */
export function ssoAccessToken(
  file: string,
  signInRequired: SignInRequired,
  caller: Caller,
): Promise<string> {
  const underWay = refreshes.get(file);
  if (underWay !== undefined) return underWay;
  const token = freshToken(file, signInRequired, caller).finally(() => refreshes.delete(file));
  refreshes.set(file, token);
  return token;
}

async function freshToken(file: string, signInRequired: SignInRequired, caller: Caller): Promise<string> {
  const now = caller.context?.now ?? Date.now;
  const livesFor = (ms: number, token: CachedToken) => expiryMs(token) - now() > ms;
  const cached = await readToken(file);
  if (cached === undefined) throw signInRequired('nobody has signed in');
  if (livesFor(refreshAheadMs, cached)) return cached.accessToken;

  const { clientId, clientSecret, registrationExpiresAt = '', refreshToken } = cached;
  const canRefresh = clientId && clientSecret && refreshToken && Date.parse(registrationExpiresAt) > now();
  if (!canRefresh) {
    if (livesFor(0, cached)) return cached.accessToken;
    throw signInRequired('the sign-in has expired');
  }
  // A refresh token works once, and a second use counts as theft. If its successor could not be stored, the sign-in would
  // end for all of this person's programs.
  const replacement = await prepareReplacement(file).catch((error: unknown) => {
    if (livesFor(0, cached)) return undefined;
    if (error instanceof ClientError || !(error instanceof Error)) throw error;
    throw signInRequired(`the sign-in has expired, and a new token cannot be kept: ${error.message}`, error);
  });
  if (replacement === undefined) return cached.accessToken;
  try {
    let answer: Token;
    try {
      answer = await createToken({ clientId, clientSecret, refreshToken }, caller);
    } catch (error) {
      if (error instanceof ClientError && error.code === 'permissionDenied') throw error;
      const meanwhile = (await readToken(file)) ?? cached;
      if (livesFor(0, meanwhile)) return meanwhile.accessToken;
      throw isRefusal(error, ended) ? signInRequired('the sign-in has ended', error) : error;
    }
    const expiresAt = new Date(now() + answer.expiresIn * 1000).toISOString().replace(/\.\d+/, '');
    const meanwhile = (await readToken(file)) ?? cached;
    if (expiryMs(meanwhile) > Date.parse(expiresAt)) return meanwhile.accessToken;
    const { accessToken } = answer;
    const kept = { ...meanwhile, accessToken, expiresAt, refreshToken: answer.refreshToken ?? refreshToken };
    // If storing fails after all, only this program has the new token.
    await replacement.commit(tokenText(kept)).catch(() => undefined);
    return accessToken;
  } finally {
    await replacement.discard().catch(() => undefined);
  }
}
