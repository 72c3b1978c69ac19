/** The languages that the pages for people are written in (BCP 47). The first is for whoever asks for none of them. */
export const languageTags = ['en', 'de'] as const;

export type LanguageTag = (typeof languageTags)[number];

/** Whether the pages for people are written in a language, by its tag as it stands in `languageTags`. */
export function isLanguageTag(text: string | undefined): text is LanguageTag {
  return languageTags.some((tag) => tag === text);
}
