/**
 * The name in the heading of a section, e.g. `two words` in `profile "two words"`: the second of two words, quoted as
 * for a shell (Python's `shlex.split`).
 *
 * @returns `undefined` when there are not two words, or a quote is not closed
 */
export function sectionName(heading: string): string | undefined {
  const word = /(?:[^ \t'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/gs;
  const [, name, ...more] = heading.match(word) ?? [];
  if (name === undefined || more.length > 0 || /[^ \t]/.test(heading.replace(word, ''))) return undefined;
  return name.replace(
    /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"/gs,
    (_, escaped, single, double) => escaped ?? single ?? double.replace(/\\(["\\])/g, '$1'),
  );
}
