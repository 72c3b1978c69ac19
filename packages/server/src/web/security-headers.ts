/**
 * The security headers of every page.
 *
 * @param formRedirectUri - redirect URI that a form on this page may lead to: Chromium applies the directive `form-action`
 *   to the redirects that follow a form, too
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
