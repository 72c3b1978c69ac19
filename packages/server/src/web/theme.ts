import { hash } from 'node:crypto';
import type { WireResponse } from '@latchkey/wire';
import type { Context } from '../context.ts';
import type { IncomingRequest } from '../http/route.ts';
import type { Router } from '../http/router.ts';
import { stylesheet } from './assets.ts';
import { cookieName, readCookies, renderCookie } from './cookies.ts';
import { isKnownSameOrigin, sentByAnotherSite } from './csrf.ts';
import { renderError } from './render-error.ts';
import { securityHeaders } from './security-headers.ts';
import { type Theme, themes } from './theme-form.ts';

/** How long a browser remembers the theme, in seconds. */
const THEME_COOKIE_SECONDS = 365 * 86_400;

/**
 * Answers with the style sheet of all pages, and what is appended to it: the accent of the configuration, and the theme that
 * the browser's cookie names. So the pages themselves are the same for everyone, and those of the reference can be cached.
 */
export function answerStylesheet(request: IncomingRequest, context: Context): WireResponse {
  const body = `${stylesheet.body}${context.brand.accentRule}${renderTheme(findTheme(request, context))}`;
  const etag = `"${hash('sha256', body, 'base64url').slice(0, 22)}"`;
  const isCurrent = request.headers['if-none-match'] === etag;
  return {
    status: isCurrent ? 304 : 200,
    headers: {
      'content-type': stylesheet.contentType,
      etag,
      'cache-control': 'private, no-cache',
      vary: 'cookie',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
    body: isCurrent ? '' : body,
  };
}

/** Makes a router that takes the form of the theme at the address of any page, and leads back to that page. */
export function takeThemeChoices(router: Router, context: Context): Router {
  return {
    isOperation: (request) => parseChoice(request) === undefined && router.isOperation(request),
    async answer(request) {
      const theme = parseChoice(request);
      if (theme === undefined) return router.answer(request);
      return { operation: 'theme', response: await answerChoice(theme, request, context) };
    },
  };
}

async function answerChoice(theme: Theme, request: IncomingRequest, context: Context): Promise<WireResponse> {
  // Every browser that knows `light-dark()` says where a form comes from.
  if (!isKnownSameOrigin(request, context)) {
    return renderError(sentByAnotherSite(), request, context.brand);
  }
  const query = request.query === '' ? '' : `?${request.query}`;
  const cookie = {
    name: cookieName(context, 'theme'),
    value: theme,
    maxAgeSeconds: theme === 'system' ? 0 : THEME_COOKIE_SECONDS,
  };
  return {
    status: 303,
    headers: {
      ...securityHeaders(),
      location: `${context.config.baseUrl}${request.path}${query}`,
      'set-cookie': renderCookie(context, cookie),
    },
    body: '',
  };
}

/** @returns `undefined` when the request is no form of the theme */
function parseChoice({ method, path, body, refusal, headers }: IncomingRequest): Theme | undefined {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  if (method !== 'POST' || !isForm || refusal !== undefined || !path.startsWith('/')) return undefined;
  if (body.length > 16) return undefined;
  const [, theme] = /^theme=(\w+)$/.exec(Buffer.from(body).toString('latin1')) ?? [];
  return isTheme(theme) ? theme : undefined;
}

function findTheme(request: IncomingRequest, context: Context): Theme {
  const theme = readCookies(request).get(cookieName(context, 'theme'));
  return isTheme(theme) ? theme : 'system';
}

function isTheme(text: string | undefined): text is Theme {
  return text !== undefined && Object.hasOwn(themes, text);
}

function renderTheme(theme: Theme): string {
  return `:root { color-scheme: ${themes[theme]}; }
.theme [value="${theme}"] { color: var(--ink); font-weight: 650; text-decoration: none; }
.theme [value="${theme}"]::before { content: "✓ "; }
`;
}
