/**
 * A piece of a module: whole lines, in each of its three texts; empty in a text that does not have the piece.
 */
export interface Piece {
  /** Key of the piece's first line in `ClientModule.positions`: `Symbol` or `Symbol.member`. */
  readonly symbol?: string;
  /** Documentation comment, printed before the piece except in JavaScript. */
  readonly docs?: string;
  readonly typescript: string;
  readonly javascript: string;
  readonly declarations: string;
}

/** A declaration: its pieces, in order. An empty line separates declarations. */
export type Declaration = readonly Piece[];

interface Described {
  readonly symbol?: string;
  readonly docs?: string;
}

/** A piece that is the same in all three texts. */
export function everywhere(text: string): Piece {
  return { typescript: text, javascript: text, declarations: text };
}

/** A piece with types only, which JavaScript does not have. */
export function typeOnly(text: string, described: Described = {}): Piece {
  return { ...described, typescript: text, javascript: '', declarations: text };
}

/** A constant that the module does not export, with its type. */
export function constant(name: string, type: string, value: string): Piece {
  return {
    typescript: `const ${name}: ${type} = ${value};\n`,
    javascript: `const ${name} = ${value};\n`,
    declarations: '',
  };
}
