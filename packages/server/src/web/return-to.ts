const MAX_LENGTH = 8192;
const OWN_PAGE = /^\/(?:start|device|authorize)?(?:\?[!"$-~]*)?$/;

/**
 * Where to go after signing in: one of our own pages with its query, as it came. Anything else becomes the home page,
 * so that a link to the sign-in page cannot lead anywhere but here.
 */
export function parseReturnTo(target: string | undefined): string {
  return target !== undefined && target.length <= MAX_LENGTH && OWN_PAGE.test(target) ? target : '/';
}
