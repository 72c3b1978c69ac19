import { parseModuleOptions, renderModuleOptions } from './module-url.ts';
import { parseUnifiedOptions, renderUnifiedOptions } from './unified-url.ts';

/**
 * The part of a query that the answer at a path depends on. Answers are cached by it, so that parameters which nobody reads
 * neither make more answers nor displace any.
 *
 * @param path percent-decoded
 */
export function canonicalQuery(path: string, query: string): string {
  try {
    if (/^\/v0\.4\/services\/mod\./.test(path)) return renderUnifiedOptions(parseUnifiedOptions(query));
    if (/^\/v0\.4\/services\/[^/]+$/.test(path))
      return renderModuleOptions(parseModuleOptions(query)).slice(1);
  } catch {
    // Whoever renders the answer says what is wrong.
    return query;
  }
  if (/^\/v0\.4\/search\b/.test(path)) return query;
  const words = new URLSearchParams(query).get('q');
  if (words === null || !/^\/v0\.4\/(?:services|docs)\b/.test(path)) return '';
  return new URLSearchParams({ q: words }).toString();
}
