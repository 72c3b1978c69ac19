import type { LanguageTag } from '../../language-tags.ts';
import { english, type Messages } from './english.ts';
import { german } from './german.ts';

/** A language that the pages for people are written in. */
export interface Language {
  /** BCP 47 language tag. */
  readonly tag: LanguageTag;
  /** In which direction it is written, as the attribute `dir` has it. */
  readonly direction: 'ltr' | 'rtl';
  /** Its name in the language itself. */
  readonly name: string;
  readonly messages: Messages;
}

/** Every language by its tag. */
export const languages: Readonly<Record<LanguageTag, Language>> = {
  en: { tag: 'en', direction: 'ltr', name: 'English', messages: english },
  de: { tag: 'de', direction: 'ltr', name: 'Deutsch', messages: german },
};
