import { type LanguageTag, languageTags } from '../language-tags.ts';

/** Text of the operator for pages: one for all languages, or one for each of some. */
export type OperatorText = string | Readonly<Partial<Record<LanguageTag, string>>>;

/**
 * Finds the text for a page: in its language, or else in the first language that there is one in.
 *
 * @returns with the language of the text, where it is known and is not the page's
 */
export function findOperatorText(
  text: OperatorText,
  tag: LanguageTag,
): { readonly text: string; readonly otherTag?: LanguageTag } {
  if (typeof text === 'string') return { text };
  const own = text[tag];
  if (own !== undefined) return { text: own };
  const otherTag = languageTags.find((other) => text[other] !== undefined);
  return otherTag === undefined ? { text: '' } : { text: text[otherTag] ?? '', otherTag };
}
