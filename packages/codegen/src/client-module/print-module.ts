import type { Declaration, Piece } from './piece.ts';

/** The three texts of a client module. */
export interface ClientModule {
  readonly typescript: string;
  /** JavaScript: the same without types and documentation. */
  readonly javascript: string;
  /** Declarations (`.d.ts`) of the JavaScript. */
  readonly declarations: string;
  /** Lines in `typescript`, from 1, by the `Symbol` or `Symbol.member` that is declared there. */
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
