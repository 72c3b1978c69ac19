/**
 * The headers every page carries.
 *
 * @param formRedirectUri where answering a form on this page may send the browser, besides this origin: Chromium
 *   holds `form-action` against every redirect that follows a submission
 */
export function securityHeaders(formRedirectUri?: string): Record<string, string> {
  const formTargets =
    formRedirectUri === undefined ? "'self'" : `'self' ${formActionSource(formRedirectUri)}`;
  return {
    'content-security-policy': [
      "default-src 'none'",
      "style-src 'self'",
      "img-src 'self'",
      `form-action ${formTargets}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}

function formActionSource(redirectUri: string): string {
  const { protocol, hostname, host, port } = new URL(redirectUri);
  if (protocol !== 'http:' && protocol !== 'https:') return protocol;
  // The grammar of CSP has no IPv6 address (CSP Level 3, section 2.3.1): name the port alone.
  return hostname.startsWith('[') ? `${protocol}//*${port && `:${port}`}` : `${protocol}//${host}`;
}
