import { type ServerError, WireError } from '@latchkey/wire';
import { SsoError } from '../generated/sso.ts';

/** The error for an access token that is unknown or expired. Tools compare its text to the letter. */
export const invalidToken = () =>
  new SsoError('UnauthorizedException', { message: 'Session token not found or invalid' });

/**
 * The error for a missing account, role or assignment: one text for all three, so that it does not tell which of them
 * exists.
 */
export const noAccess = (message = 'No access') => new SsoError('ForbiddenException', { message });

export function translate(refusal: unknown): ServerError | undefined {
  if (!(refusal instanceof WireError)) return undefined;
  if (refusal.path === '/accessToken') return invalidToken();
  return new SsoError('InvalidRequestException', { message: refusal.message });
}

export const internalError = (message: string) => new SsoError('InternalServerException', { message });
