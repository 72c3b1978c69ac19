import type { Messages } from './messages/english.ts';

const MAX_RETURN_TO_LENGTH = 8192;
const OWN_PAGE = /^\/(?:start|device|authorize|step-up|me(?:\/[a-z-]+){0,2})?(?:\?[!"$-~]*)?$/;

/**
 * Reads where to go after sign-in: one of our own pages with its query, unchanged. Anything else becomes the home page, so
 * that a link to the sign-in page is no open redirect.
 */
export function parseReturnTo(target: string | undefined): string {
  return target !== undefined && target.length <= MAX_RETURN_TO_LENGTH && OWN_PAGE.test(target)
    ? target
    : '/';
}

/** What the person signs in for. */
export function purposeOf(returnTo: string): keyof Messages['signIn']['purpose'] {
  if (returnTo.startsWith('/device')) return 'device';
  if (returnTo.startsWith('/step-up')) return 'role';
  if (returnTo.startsWith('/me/security')) return 'security';
  if (returnTo.startsWith('/me')) return 'sessions';
  return returnTo.startsWith('/authorize') ? 'program' : 'portal';
}
