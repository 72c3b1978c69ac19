import { deprecatedTrait, stringTrait, type Traited } from '@latchkey/smithy';
import { docstring } from '../docstring.ts';
import { documentationMarkdown, shortMarkdown } from '../documentation/markdown.ts';

/** How much documentation is printed: none, the first sentence of each text, or all. */
export type DocsLevel = 'none' | 'short' | 'full';

/** Prints documentation comments. */
export interface Documenter {
  readonly level: DocsLevel;
  /**
   * Prints the documentation of a shape or member; empty where it has none.
   *
   * @param notes lines after the model's documentation in a full comment, e.g. `@throws`
   */
  print(bearer: Traited, indent?: string, notes?: readonly string[]): string;
  /** Prints a comment that is not from the model. */
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
