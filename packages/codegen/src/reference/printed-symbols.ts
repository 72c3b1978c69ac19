import type { ClientDeclarations } from '../client-module/client-declarations.ts';
import { printModule } from '../client-module/print-module.ts';
import { codeTokens } from './code-tokens.ts';
import type { CodeToken } from './reference.ts';

/** The symbols of a module, as they are declared in its text. */
export interface PrintedSymbols {
  /** Names of all exports of the module, in order. */
  readonly names: readonly string[];
  /** Line of a `Symbol` or `Symbol.member` in the TypeScript, from 1. */
  lineOf(symbol: string): number;
  /** Declaration of a symbol. */
  declarationOf(symbol: string): readonly CodeToken[];
  /** Declaration of a `Symbol.member`; undefined when the member is inherited. */
  memberOf(symbol: string): string | undefined;
  /** Text of the comment before a `Symbol.member`; empty where there is none. */
  commentOf(symbol: string): string;
  tokens(code: string): readonly CodeToken[];
}

export function printedSymbols({ declarations, input }: ClientDeclarations): PrintedSymbols {
  const { positions } = printModule(declarations);
  const whole = new Map<string, string>();
  const members = new Map<string, string>();
  const comments = new Map<string, string>();
  for (const pieces of declarations) {
    const symbol = pieces[0]?.symbol;
    if (symbol === undefined) continue;
    whole.set(symbol, pieces.map((piece) => piece.declarations).join(''));
    for (const piece of pieces.slice(1)) {
      if (piece.symbol === undefined) continue;
      members.set(piece.symbol, piece.declarations);
      comments.set(piece.symbol, piece.docs ?? '');
    }
  }
  const names = new Set(whole.keys());
  const runtime = input.imports.declared();
  const tokens = (code: string) => codeTokens(code, names, runtime);
  return {
    names: [...names],
    lineOf: (symbol) => positions.get(symbol) ?? positions.get(symbol.replace(/\..*$/s, '')) ?? 1,
    declarationOf: (symbol) =>
      tokens(withoutEmptyLines(whole.get(symbol) ?? '')).map((token) =>
        token.symbol === symbol ? { text: token.text } : token,
      ),
    memberOf: (symbol) => members.get(symbol),
    commentOf: (symbol) => textOfComment(comments.get(symbol) ?? ''),
    tokens,
  };
}

/** Removes the empty lines between methods, so that a class reads more easily on a page. */
function withoutEmptyLines(code: string): string {
  return code.replace(/\n\n+/g, '\n').trimEnd();
}

function textOfComment(comment: string): string {
  return comment.replaceAll(/^ *(?:\/\*\*| \*(?!\/)) ?| *\*\/$/gm, '').trim();
}
