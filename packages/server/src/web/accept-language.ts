import { parseAccept } from 'hono/utils/accept';
import { type LanguageTag, languageTags } from '../language-tags.ts';

/** Characters of the header that are read. Browsers send a few dozen. */
export const MAX_ACCEPT_LANGUAGE_LENGTH = 1024;

/**
 * Chooses the language of an `Accept-Language` header (RFC 9110 section 12.5.4) by lookup (RFC 4647 section 3.4): the first of
 * its ranges, by weight and then by place, that is one of our languages, or becomes one when subtags at its end are left off:
 * `de` for `de-AT`.
 *
 * @returns the first of our languages where the header is missing or names none of them
 */
export function chooseLanguage(acceptLanguage: string | undefined): LanguageTag {
  const ranges = parseAccept(withinBound(acceptLanguage ?? '')).map(({ type, q }) => ({
    range: type.toLowerCase(),
    quality: q,
  }));
  const refused = ranges.filter(({ quality }) => quality === 0).map(({ range }) => range);
  const offered = languageTags.filter((tag) => !refused.includes(tag.toLowerCase()));
  const named = new Set(ranges.map(({ range }) => lookUp(range, languageTags)));
  for (const { range, quality } of ranges) {
    if (quality === 0) continue;
    // The wildcard stands for every language that the header does not name.
    const found = range === '*' ? offered.find((tag) => !named.has(tag)) : lookUp(range, offered);
    if (found !== undefined) return found;
  }
  return languageTags[0];
}

/** A range that the bound cuts in two is left off, as its beginning may mean something else. */
function withinBound(header: string): string {
  if (header.length <= MAX_ACCEPT_LANGUAGE_LENGTH) return header;
  return header.slice(0, header.lastIndexOf(',', MAX_ACCEPT_LANGUAGE_LENGTH) + 1);
}

function lookUp(range: string, tags: readonly LanguageTag[]): LanguageTag | undefined {
  return tags
    .filter((tag) => `${range}-`.startsWith(`${tag.toLowerCase()}-`))
    .toSorted((one, other) => other.length - one.length)[0];
}
