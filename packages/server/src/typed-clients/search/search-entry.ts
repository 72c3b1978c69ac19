/** What a search finds, in the order in which equally good results are shown. */
export const searchKinds = [
  'service',
  'operation',
  'paginator',
  'waiter',
  'client',
  'class',
  'function',
  'constant',
  'type alias',
  'interface',
  'union',
  'enum',
  'error',
  'errors of an operation',
  'method',
  'property',
  'value',
] as const;

export type SearchKind = (typeof searchKinds)[number];

/** A service, or something that its module exports or an export has. */
export interface SearchEntry {
  readonly kind: SearchKind;
  /** Symbol of the module; for a service, its title. */
  readonly symbol: string;
  /** Method, property or value; absent for a symbol itself. */
  readonly member?: string;
  /** First sentence of the documentation, as plain text. */
  readonly summary: string;
  /** Text besides the names by which it is found. */
  readonly text: string;
  /** Of an operation: what goes into it and what comes out. */
  readonly signature?: Signature;
}

export interface Signature {
  readonly input: SideOfSignature;
  readonly output: SideOfSignature;
}

/** Names of one side of a signature, as the module spells them. */
export interface SideOfSignature {
  readonly members: readonly string[];
  /** The type itself, and those of its members and their items. */
  readonly types: readonly string[];
  /** Members and types deeper within. */
  readonly within: readonly string[];
}

/** Ranks that services can have: 0 to 255. */
export const RANKS = 256;

/** A service and what a search finds in it. */
export interface SearchedService {
  /** As in URLs, e.g. `ssooidc`. */
  readonly moduleName: string;
  /** E.g. `SSOOIDC`. */
  readonly className: string;
  readonly title: string;
  /** Other names: what people call it, its `sdkId`, its endpoint prefix. */
  readonly otherNames: readonly string[];
  /** How early it is among equally good results: 0 first, 255 last. */
  readonly rank: number;
}
