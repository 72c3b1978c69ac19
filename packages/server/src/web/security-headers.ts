/** What a page needs beyond what every page may do. */
export interface PagePolicy {
  /**
   * Redirect URI that a form on this page may lead to: Chromium applies the directive `form-action` to the redirects that
   * follow a form, too.
   */
  readonly formRedirectUri?: string | undefined;
  /** The only script: its absolute URL, its hash as Subresource Integrity writes it, and whether it may fetch from this origin. */
  readonly script?:
    | { readonly url: string; readonly integrity: string; readonly fetches?: boolean }
    | undefined;
}

/** The security headers of every page. */
export function securityHeaders({ formRedirectUri, script }: PagePolicy = {}): Record<string, string> {
  const formTargets =
    formRedirectUri === undefined ? "'self'" : `'self' ${formActionSource(formRedirectUri)}`;
  return {
    'content-security-policy': [
      "default-src 'none'",
      // The URL or the hash, and not 'self': this origin also serves modules that are generated from models.
      ...(script === undefined
        ? []
        : [
            `script-src ${script.url} '${script.integrity}'`,
            ...(script.fetches ? ["connect-src 'self'"] : []),
          ]),
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
