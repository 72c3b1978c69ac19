import type { Declaration, Piece } from './piece.ts';

/** A client module in the three forms that it is served in. */
export interface ClientModule {
  readonly typescript: string;
  /** The same without types and documentation. */
  readonly javascript: string;
  /** What a `.d.ts` file says of the JavaScript. */
  readonly declarations: string;
  /** The line of `typescript`, counted from 1, on which a `Symbol` or `Symbol.member` is declared. */
  readonly positions: ReadonlyMap<string, number>;
}

export function printModule(module: readonly Declaration[]): ClientModule {
  return {
    typescript: print(module, ({ docs = '', typescript }) => docs + typescript),
    javascript: print(module, ({ javascript }) => javascript),
    declarations: print(module, ({ docs = '', declarations }) => declarations && docs + declarations),
    positions: positionsIn(module),
  };
}

function print(module: readonly Declaration[], textOf: (piece: Piece) => string): string {
  return module
    .map((declaration) => declaration.map(textOf).join(''))
    .filter((text) => text !== '')
    .join('\n');
}

function positionsIn(module: readonly Declaration[]): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  let line = 1;
  for (const declaration of module) {
    for (const { symbol, docs = '', typescript } of declaration) {
      line += countLines(docs);
      if (symbol !== undefined && !positions.has(symbol)) positions.set(symbol, line);
      line += countLines(typescript);
    }
    if (declaration.some(({ typescript }) => typescript !== '')) line += 1;
  }
  return positions;
}

function countLines(text: string): number {
  let lines = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) lines += 1;
  return lines;
}
