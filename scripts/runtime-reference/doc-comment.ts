import type { DocComment } from '../../packages/server/src/typed-clients/runtime-reference/runtime-symbol.ts';

const TAG =
  /(?:^|(?<=[.;:]\s)|(?<=\n))@(param|returns|throws|example|deprecated|see|remarks|default)\b[ \t]*/g;

/** Reads a TSDoc comment. Of a tag that has no place of its own, the text stays. */
export function parseDocComment(comment: string): DocComment {
  const text = comment
    .replace(/^\*+/, '')
    .replace(/\*+$/, '')
    .replaceAll(/^[ \t]*\*[ \t]?/gm, '')
    .trim();
  const [before = '', ...parts] = text.split(TAG);
  const tags = Array.from({ length: parts.length / 2 }, (_, index) => ({
    tag: parts[2 * index] ?? '',
    value: (parts[2 * index + 1] ?? '').trim(),
  }));
  const all = (tag: string) =>
    tags.filter((each) => each.tag === tag).map(({ value }) => withoutInlineTags(value));
  const [returns] = all('returns');
  const [deprecated] = all('deprecated');
  return {
    text: withoutInlineTags(
      [before.trim(), ...all('remarks'), ...all('default').map((value) => `Default: ${value}`)].join('\n\n'),
    ).trim(),
    params: all('param').map((value) => {
      const [, name = '', rest = ''] = /^([\w.]+)\s*(?:-\s*)?([\s\S]*)$/.exec(value) ?? [];
      return { name, text: rest };
    }),
    ...(returns !== undefined && { returns }),
    // The type stands first, as in `@throws {ClientError} badInput`.
    throws: all('throws').map((value) => value.replace(/^\{([^}]+)\}/, '`$1`')),
    examples: all('example').map((value) => value.replace(/^```\w*\n|\n?```$/g, '')),
    ...(deprecated !== undefined && { deprecated }),
    see: all('see'),
  };
}

export const noComment: DocComment = { text: '', params: [], throws: [], examples: [], see: [] };

function withoutInlineTags(text: string): string {
  return text.replaceAll(
    /\{@link(?:code|plain)?\s+([^}|]+?)(?:\s*\|\s*([^}]+))?\}/g,
    (_, name: string, label?: string) => (label === undefined ? `\`${name}\`` : label),
  );
}
