import { type ServerError, WireError } from '@latchkey/wire';
import { SsoError } from '../generated/sso.ts';

/** Tools look for this text to the letter. */
export const invalidToken = () =>
  new SsoError('UnauthorizedException', { message: 'Session token not found or invalid' });

/** The same whether account, role or assignment is missing, so that it tells nothing of what else there is. */
export const noAccess = (message = 'No access') => new SsoError('ForbiddenException', { message });

export function translate(refusal: unknown): ServerError | undefined {
  if (!(refusal instanceof WireError)) return undefined;
  if (refusal.path === '/accessToken') return invalidToken();
  return new SsoError('InvalidRequestException', { message: refusal.message });
}

export const internalError = new SsoError('InternalServerException', {
  message: 'Something failed here: try again, and tell whoever runs this service if it goes on',
});
