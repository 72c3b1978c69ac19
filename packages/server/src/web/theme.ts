import { hash } from 'node:crypto';
import type { WireResponse } from '@latchkey/wire';
import type { Context } from '../context.ts';
import type { IncomingRequest } from '../http/route.ts';
import { referenceStylesheet, stylesheet } from './assets.ts';
import { cookieName, readCookies } from './cookies.ts';
import { isTheme, type Theme, themes } from './themes.ts';

/**
 * Answers with the style sheet of all pages, and what is appended to it: the accent of the configuration, and the theme that
 * the browser's cookie names. So the pages themselves are the same for everyone, and those of the reference can be cached.
 */
export function answerStylesheet(request: IncomingRequest, context: Context): WireResponse {
  return answerStyles(request, commonStyles(request, context));
}

/** Answers with the style sheet of the pages about typed clients, that of all pages included: one request fewer. */
export function answerReferenceStylesheet(request: IncomingRequest, context: Context): WireResponse {
  return answerStyles(request, `${commonStyles(request, context)}${referenceStylesheet.body}`);
}

function commonStyles(request: IncomingRequest, context: Context): string {
  return `${stylesheet.body}${context.brand.accentRule}${renderTheme(findTheme(request, context))}`;
}

function answerStyles(request: IncomingRequest, body: string): WireResponse {
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

function findTheme(request: IncomingRequest, context: Context): Theme {
  const theme = readCookies(request).get(cookieName(context, 'theme'));
  return isTheme(theme) ? theme : 'system';
}

function renderTheme(theme: Theme): string {
  return `:root { color-scheme: ${themes[theme]}; }
.theme [value="${theme}"] { color: var(--ink); font-weight: 650; text-decoration: none; }
.theme [value="${theme}"]::before { content: "✓ "; }
`;
}
