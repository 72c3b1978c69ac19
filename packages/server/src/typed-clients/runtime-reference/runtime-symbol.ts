/** What the reference of the runtime says about one of its exports; `scripts/runtime-reference` reads it from the source. */
export interface RuntimeSymbol {
  /** Its name in URLs: the name, or with its file where another export has this name: `endpoints.EndpointResolver`. */
  readonly id: string;
  readonly name: string;
  readonly kind: RuntimeKind;
  /** The files to import it from, below `/v0.4/` and without extension: `client/mod`, `client/credentials/from-sso`. */
  readonly entries: readonly string[];
  readonly group: RuntimeGroup;
  readonly source: SourcePlace;
  readonly comment: DocComment;
  readonly declaration: readonly RuntimeToken[];
  readonly members: readonly RuntimeMember[];
}

/** Whether programs import it, its type is one that those exports have, or generated modules alone import it. */
export type RuntimeGroup = 'programs' | 'types' | 'modules';

export type RuntimeKind = 'class' | 'error' | 'function' | 'interface' | 'type alias' | 'constant';

export interface RuntimeMember {
  readonly name: string;
  readonly kind: 'constructor' | 'method' | 'property' | 'value';
  readonly source: SourcePlace;
  readonly comment: DocComment;
  readonly declaration: readonly RuntimeToken[];
}

/** A line of a source file. */
export interface SourcePlace {
  /** Below `/v0.4/`, e.g. `client/call-options.ts`. */
  readonly file: string;
  readonly line: number;
}

/** A part of a declaration: a name that can be linked, or other text. */
export interface RuntimeToken {
  readonly text: string;
  /** Id of the export that the text names. */
  readonly symbol?: string;
  /** Where the text is declared that names something else of the runtime. */
  readonly source?: SourcePlace;
}

/** A TSDoc comment. All texts are CommonMark. */
export interface DocComment {
  readonly text: string;
  readonly params: readonly { readonly name: string; readonly text: string }[];
  readonly returns?: string;
  readonly throws: readonly string[];
  /** Programs, in TypeScript. */
  readonly examples: readonly string[];
  readonly deprecated?: string;
  readonly see: readonly string[];
}
