import type { CodeToken } from './reference.ts';

/** Strings. They are matched so that no names are found in them. */
const strings = /'(?:[^'\\]|\\.)*'/;
/** Names, but not those of properties and parameters, which a colon follows. */
const names = /[A-Za-z_$][\w$]*(?![\w$]|\??:)/;
const words = new RegExp(`${strings.source}|${names.source}`, 'g');

/**
 * Splits TypeScript into tokens at the names of symbols and of runtime exports.
 *
 * @param runtime exported names of the runtime, by local name in the module
 */
export function codeTokens(
  code: string,
  symbols: ReadonlySet<string>,
  runtime: ReadonlyMap<string, string>,
): readonly CodeToken[] {
  const tokens: CodeToken[] = [];
  let end = 0;
  for (const { 0: word, index } of code.matchAll(words)) {
    const imported = runtime.get(word);
    if (!symbols.has(word) && imported === undefined) continue;
    if (index > end) tokens.push({ text: code.slice(end, index) });
    tokens.push(imported === undefined ? { text: word, symbol: word } : { text: word, runtime: imported });
    end = index + word.length;
  }
  return end < code.length ? [...tokens, { text: code.slice(end) }] : tokens;
}
