import type { IncomingRequest } from '../http/route.ts';
import { isLanguageTag } from '../language-tags.ts';
import { chooseLanguage } from './accept-language.ts';
import { type CookieOwner, cookieName, readCookies } from './cookies.ts';
import { type Language, languages } from './messages/languages.ts';

/** The language of a page: the one that the person has chosen, or else the one that the browser asks for. */
export function findLanguage(request: IncomingRequest, owner: CookieOwner): Language {
  const chosen = readCookies(request).get(cookieName(owner, 'language'));
  return languages[isLanguageTag(chosen) ? chosen : chooseLanguage(request.headers['accept-language'])];
}
