import { deprecatedTrait, stringTrait, type Traited } from '@latchkey/smithy';
import { docstring } from '../docstring.ts';
import { documentationMarkdown, shortMarkdown } from '../documentation/markdown.ts';

/** None, the first sentence of each, or all. */
export type DocsLevel = 'none' | 'short' | 'full';

/** Prints the documentation comment of something; empty where it has none. */
export interface Documenter {
  readonly level: DocsLevel;
  /** @param notes what a full comment says after the model's own documentation, e.g. `@throws` */
  print(bearer: Traited, indent?: string, notes?: readonly string[]): string;
  /** A comment that the model does not have. */
  note(text: string, indent?: string): string;
}

export function documenter(level: DocsLevel): Documenter {
  if (level === 'none') return { level, print: () => '', note: () => '' };
  return {
    level,
    note: docstring,
    print(bearer, indent = '', notes = []) {
      const text = stringTrait(bearer, 'smithy.api#documentation') ?? '';
      const body = level === 'full' ? documentationMarkdown(text) : shortMarkdown(text);
      const parts = [body, [...deprecation(bearer), ...(level === 'full' ? notes : [])].join('\n')];
      return docstring(parts.filter((part) => part !== '').join('\n\n'), indent);
    },
  };
}

function deprecation(bearer: Traited): readonly string[] {
  const deprecated = deprecatedTrait(bearer);
  return deprecated === undefined ? [] : [`@deprecated ${deprecated.message ?? ''}`.trimEnd()];
}
