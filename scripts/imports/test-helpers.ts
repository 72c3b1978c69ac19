import type { Import } from './read-imports.ts';

/** Files of a package that are not published (tsconfig.build.json): tests, their helpers, and suites for implementations. */
const FOR_TESTS =
  /^packages\/[^/]+\/src\/(?:(?:.*\/)?(?:testing|fixtures)\/|.*\.test(?:-d)?\.ts$|(?:.*\/)?conformance\.ts$)/;

/** @returns why a published file may not have the import; undefined where it may */
export function testHelperFault({ from, to }: Import): string | undefined {
  if (!from.startsWith('packages/') || FOR_TESTS.test(from) || !FOR_TESTS.test(to)) return undefined;
  return `${to} is for tests only and not published: move what ${from} needs out of it`;
}
