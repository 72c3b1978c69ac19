/**
 * A stretch of a module, as each of its three texts has it. A piece is whole lines; where a text does not have it, it
 * is empty.
 */
export interface Piece {
  /** What `ClientModule.positions` calls the place where the piece begins: `Symbol` or `Symbol.member`. */
  readonly symbol?: string;
  /** A documentation comment, printed before the piece except in JavaScript. */
  readonly docs?: string;
  readonly typescript: string;
  readonly javascript: string;
  readonly declarations: string;
}

/** What stands together; empty lines come between one declaration and the next. */
export type Declaration = readonly Piece[];

interface Described {
  readonly symbol?: string;
  readonly docs?: string;
}

/** What all three texts have. */
export function everywhere(text: string): Piece {
  return { typescript: text, javascript: text, declarations: text };
}

/** What only tells types. */
export function typeOnly(text: string, described: Described = {}): Piece {
  return { ...described, typescript: text, javascript: '', declarations: text };
}

/** A constant that is not exported, and the type that it is declared to have. */
export function constant(name: string, type: string, value: string): Piece {
  return {
    typescript: `const ${name}: ${type} = ${value};\n`,
    javascript: `const ${name} = ${value};\n`,
    declarations: '',
  };
}
