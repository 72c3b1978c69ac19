import { parseModuleOptions, renderModuleOptions } from './module-url.ts';
import { parseUnifiedOptions, renderUnifiedOptions } from './unified-url.ts';

/**
 * The part of a query that the answer at a path depends on. Answers are cached by it, so that parameters which nobody reads
 * neither make more answers nor displace any.
 *
 * @param path percent-decoded
 * @param forPerson whether a page shows what is at the path
 */
export function canonicalQuery(path: string, query: string, forPerson = false): string {
  const place = forPerson && isSource(path) ? pick(query, ['lines', 'symbol']) : '';
  try {
    if (/^\/v0\.4\/services\/mod\./.test(path)) return renderUnifiedOptions(parseUnifiedOptions(query));
    if (/^\/v0\.4\/services\/[^/]+$/.test(path)) {
      return [renderModuleOptions(parseModuleOptions(query)).slice(1), place].filter(Boolean).join('&');
    }
  } catch {
    // Whoever renders the answer says what is wrong.
    return query;
  }
  if (/^\/v0\.4\/search\b/.test(path)) return query;
  if (/^\/v0\.4\/(?:services|docs)\b/.test(path)) return pick(query, ['q']);
  return forPerson ? place : pick(query, ['source']);
}

/** Whether a page of the path shows lines of source code. */
function isSource(path: string): boolean {
  return /^\/v0\.4\/(?:services|client|wire)\/[^/]/.test(path);
}

function pick(query: string, names: readonly string[]): string {
  const parameters = new URLSearchParams(query);
  const picked = new URLSearchParams();
  for (const name of names) {
    const value = parameters.get(name);
    if (value !== null) picked.set(name, value);
  }
  return picked.toString();
}
