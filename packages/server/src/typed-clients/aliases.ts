/** Another path of something that is served, and where that is. */
export interface Alias {
  /** Path and query. */
  readonly location: string;
  /** What the program gets is not quite what it asked for; Deno prints it. */
  readonly warning?: string;
}

/** The generations of aws-api.deno.dev. There is one dialect, which is served as one of them. */
export const generations = ['v0.1', 'v0.2', 'v0.3', 'v0.4', 'v0.5'] as const;

/** Paths, besides `/v0.4`, below which programs written for aws-api.deno.dev and aws_api look for modules. */
export const aliasedPaths: readonly string[] = [
  ...generations.filter((each) => each !== 'v0.4').map((each) => `/${each}`),
  '/latest',
];

const GENERATION = /^\/(?:v0\.[1-5]|latest|x\/aws_api(?:@v?[\d.]+)?)(?=\/|$)/;
/** A service. Its name in URLs is in lower case; programs also write the name of its class there. */
const SERVICE = /^\/(?:services|docs)\/[\w-]+/;
const SDK = /^\/sdk@(v?[\d.]+)(?=\/|$)/;

/**
 * Finds what another path means: of another generation of aws-api.deno.dev, of a release of the AWS SDK for JavaScript, of
 * the aws_api library at deno.land/x, or with a service's name in capital letters. A redirect leads there, so that a
 * program which uses several of these paths has one runtime: its classes are the same by all of them.
 *
 * @param path percent-decoded
 * @param query as received, without `?`
 * @returns undefined when the path is no other path of anything
 */
export function findAlias(path: string, query: string): Alias | undefined {
  const [generation] = GENERATION.exec(path) ?? [];
  if (generation === undefined) return undefined;
  const rest = path.slice(generation.length);
  const [sdk = '', release] = SDK.exec(rest) ?? [];
  const meant = (release === undefined ? rest : `/services${rest.slice(sdk.length)}`)
    .replace(/^\/services\/([^/]+)\/(?:mod|structs)\.ts$/, '/services/$1.ts')
    .replace(/^\/extras\//, '/client/extras/')
    .replace(SERVICE, (service) => service.toLowerCase())
    .replace(/^\/?$/, '/services')
    .replace(/^\/docs\/$/, '/docs');
  const target = `/v0.4${meant}`;
  if (target === path) return undefined;
  const encoded = encodePath(target);
  return {
    location: encoded + (query === '' ? '' : `?${query}`),
    ...(release !== undefined && {
      warning: `There are no definitions of the AWS SDK for JavaScript ${release} here; ${encoded} has the configured model`,
    }),
  };
}

/** Encodes what cannot stand in a path. The path is decoded as a whole, so "?" and "#" in it are no delimiters either. */
function encodePath(decoded: string): string {
  return encodeURI(decoded).replaceAll('?', '%3F').replaceAll('#', '%23');
}
