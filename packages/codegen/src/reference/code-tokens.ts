import type { CodeToken } from './reference.ts';

/** Strings, and names; not those of properties and parameters, which a colon follows. */
const strings = /'(?:[^'\\]|\\.)*'/;
const names = /[A-Za-z_$][\w$]*(?![\w$]|\??:)/;
const words = new RegExp(`${strings.source}|${names.source}`, 'g');

/** Splits TypeScript where it names a symbol. */
export function codeTokens(code: string, symbols: ReadonlySet<string>): readonly CodeToken[] {
  const tokens: CodeToken[] = [];
  let end = 0;
  for (const { 0: word, index } of code.matchAll(words)) {
    if (!symbols.has(word)) continue;
    if (index > end) tokens.push({ text: code.slice(end, index) });
    tokens.push({ text: word, symbol: word });
    end = index + word.length;
  }
  return end < code.length ? [...tokens, { text: code.slice(end) }] : tokens;
}
