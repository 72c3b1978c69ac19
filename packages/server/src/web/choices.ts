import type { WireResponse } from '@latchkey/wire';
import type { Context } from '../context.ts';
import type { IncomingRequest } from '../http/route.ts';
import type { Router } from '../http/router.ts';
import { isLanguageTag } from '../language-tags.ts';
import { chooseLanguage } from './accept-language.ts';
import { cookieName, renderCookie } from './cookies.ts';
import { isKnownSameOrigin, sentByAnotherSite } from './csrf.ts';
import { securityHeaders } from './security-headers.ts';
import { isTheme } from './themes.ts';

/** How long a browser remembers a choice, in seconds. */
const CHOICE_COOKIE_SECONDS = 365 * 86_400;
/** Longest body of a form of a choice, in bytes. */
const MAX_BODY_BYTES = 64;

/** What a person may choose on any page. The names are those of the form fields and of the cookies. */
interface Choice {
  readonly name: 'theme' | 'language';
  readonly value: string;
}

/**
 * Makes a router that takes the forms of the theme and of the language at the address of any page, and leads back to that page.
 */
export function takeChoices(router: Router, context: Context): Router {
  return {
    isOperation: (request) => parseChoice(request) === undefined && router.isOperation(request),
    async answer(request) {
      const choice = parseChoice(request);
      if (choice === undefined) return router.answer(request);
      return { operation: choice.name, response: await answerChoice(choice, request, context) };
    },
  };
}

async function answerChoice(
  choice: Choice,
  request: IncomingRequest,
  context: Context,
): Promise<WireResponse> {
  // Every browser that knows `light-dark()` says where a form comes from.
  if (!isKnownSameOrigin(request, context)) {
    const { renderError } = await import('./render-error.ts');
    return renderError(sentByAnotherSite(), request, context);
  }
  const query = request.query === '' ? '' : `?${request.query}`;
  const cookie = {
    name: cookieName(context, choice.name),
    value: choice.value,
    maxAgeSeconds: isDefault(choice, request) ? 0 : CHOICE_COOKIE_SECONDS,
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

/** Whether the browser gets the same without a cookie, which is then removed. */
function isDefault({ name, value }: Choice, { headers }: IncomingRequest): boolean {
  return value === (name === 'theme' ? 'system' : chooseLanguage(headers['accept-language']));
}

/** @returns `undefined` when the request is no form of a choice */
function parseChoice({ method, path, body, refusal, headers }: IncomingRequest): Choice | undefined {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  if (method !== 'POST' || !isForm || refusal !== undefined || !path.startsWith('/')) return undefined;
  if (body.length > MAX_BODY_BYTES) return undefined;
  const [, name, value] = /^(\w+)=([\w-]+)$/.exec(Buffer.from(body).toString('latin1')) ?? [];
  if (name === 'theme' && isTheme(value)) return { name, value };
  if (name === 'language' && isLanguageTag(value)) return { name, value };
  return undefined;
}
