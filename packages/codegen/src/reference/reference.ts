import type { AuthScheme, ProtocolName } from '@latchkey/wire';
import type { Documentation, Inline } from '../documentation/tree.ts';

/** What the reference of a client module tells, as plain data: whoever makes pages, lists or a search of it reads this. */
export interface ServiceReference extends Described {
  /** What people call the service: `smithy.api#title`, by default the `sdkId`. */
  readonly title: string;
  readonly sdkId: string;
  /** API version, e.g. `2019-06-10`. */
  readonly version: string;
  readonly protocol: ProtocolName;
  readonly signingName: string;
  /** Where calls go that nobody sends elsewhere. */
  readonly endpoints: readonly EndpointReference[];
  /** The client class, which is among `symbols`, too. */
  readonly client: ClientSymbol;
  /** Everything that the module exports, in the order of the alphabet. */
  readonly symbols: readonly ReferenceSymbol[];
}

export interface EndpointReference {
  readonly region: string;
  readonly way: 'plain' | 'dual-stack' | 'FIPS';
  readonly url: string;
}

export type ReferenceSymbol = ClientSymbol | StructureSymbol | EnumSymbol | ErrorUnionSymbol;

/** What everything that a model documents has. */
export interface Described {
  /** `com.amazonaws.ssooidc#CreateTokenRequest`, of a member with `$name` behind it. */
  readonly shapeId: string;
  /** The first sentence; empty where there is none. */
  readonly summary: readonly Inline[];
  readonly documentation: Documentation;
  readonly deprecated?: Deprecation;
  /** Pages elsewhere (`smithy.api#externalDocumentation`), http or https. */
  readonly links: readonly { readonly title: string; readonly href: string }[];
  readonly sensitive: boolean;
  /** May change without notice (`smithy.api#unstable`). */
  readonly unstable: boolean;
}

export interface Deprecation {
  readonly message?: string;
  /** A date or version. */
  readonly since?: string;
}

interface SymbolBase extends Described {
  readonly name: string;
  /** Line of the served TypeScript, from 1. */
  readonly line: number;
  /** As the module's declarations have it, without documentation. */
  readonly declaration: readonly CodeToken[];
  readonly usedBy: readonly Use[];
}

/** A stretch of TypeScript. */
export interface CodeToken {
  readonly text: string;
  /** The symbol of this module that the text names. */
  readonly symbol?: string;
  /** What of the runtime it names, as that exports it, e.g. `CallOptions`. */
  readonly runtime?: string;
}

/** What refers to a symbol: a method of the client, or a property of another symbol. */
export interface Use {
  readonly as: 'input' | 'output' | 'error' | 'property';
  readonly symbol: string;
  readonly member: string;
}

export interface ClientSymbol extends SymbolBase {
  readonly kind: 'class';
  /** What it has besides methods: its metadata, its constructor. */
  readonly members: readonly ClassMember[];
  readonly operations: readonly OperationReference[];
}

export interface ClassMember {
  readonly name: string;
  readonly line: number;
  readonly declaration: readonly CodeToken[];
  readonly documentation: Documentation;
}

/** An interface, a union, or the class of an error. */
export interface StructureSymbol extends SymbolBase {
  readonly kind: 'interface' | 'union' | 'error class';
  readonly properties: readonly PropertyReference[];
  /** Of an error. */
  readonly error?: ErrorFacts;
  /** Symbols of the errors that end an event stream; empty for all else. */
  readonly throws: readonly string[];
}

export interface EnumSymbol extends SymbolBase {
  readonly kind: 'enum';
  /** Not all there may be: a service may have values that are newer than its model. */
  readonly values: readonly EnumValueReference[];
}

/** The type of the errors of one operation. */
export interface ErrorUnionSymbol extends SymbolBase {
  readonly kind: 'error union';
  readonly operation: string;
  readonly errors: readonly string[];
}

export interface EnumValueReference extends Described {
  readonly name: string;
  readonly value: string | number;
  readonly line: number;
}

export interface PropertyReference extends Described {
  readonly name: string;
  readonly line: number;
  /** Without the `| null` of an optional property. */
  readonly type: readonly CodeToken[];
  readonly required: boolean;
  /** Not required, but better given (`smithy.api#recommended`), with the reason where the model has one. */
  readonly recommended?: { readonly reason?: string };
  /** What stands for it when it is left out, as JSON. */
  readonly default?: unknown;
  readonly constraints: readonly Constraint[];
  /** How it travels. */
  readonly travels: Travel;
  /** Stands in the name of the host, too (`smithy.api#hostLabel`). */
  readonly hostLabel: boolean;
  /** A random value is sent when it is left out, so that a call that is sent twice has effect once. */
  readonly idempotencyToken: boolean;
}

/** What a value must fulfil; `words` say it in a sentence without full stop. */
export type Constraint = {
  /** Whether it is of the value, or of each item of a list, or key or value of a map. */
  readonly of: 'value' | 'items' | 'keys' | 'values';
  readonly words: string;
} & (
  | { readonly kind: 'length' | 'range'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'pattern'; readonly pattern: string }
  | { readonly kind: 'unique items' }
  | { readonly kind: 'media type'; readonly mediaType: string }
);

/** Where in a message a member is, and under which name there. */
export interface Travel {
  readonly in: 'body' | 'header' | 'headers' | 'query' | 'queries' | 'path' | 'payload' | 'status';
  /** Of `headers` what their names begin with; empty where there is no name. */
  readonly name: string;
}

export interface ErrorFacts {
  /** Its `name`, by which it is told from others. */
  readonly name: string;
  /** Whom it blames. */
  readonly fault: 'client' | 'server';
  /** HTTP status. */
  readonly status: number;
  /** What the query protocols call it. */
  readonly code?: string;
  /** Absent when it is of no use to call again. */
  readonly retryable?: { readonly throttling: boolean };
}

export interface OperationReference extends Described {
  /** `CreateToken` */
  readonly name: string;
  /** Its ways to be called: the plain method first, then that of its pages, then those that wait. */
  readonly methods: readonly MethodReference[];
  /** The symbol of the parameters; absent when there are none. */
  readonly input?: string;
  readonly output?: string;
  readonly errors: readonly OperationError[];
  /** Absent in protocols where everything is `POST /`. */
  readonly http?: { readonly method: string; readonly uri: string; readonly code: number };
  /** In order of preference; empty when nobody needs to sign in. */
  readonly auth: readonly AuthScheme[];
  readonly hostPrefix?: string;
  /** Changes nothing. */
  readonly readonly: boolean;
  /** Called twice, it has effect once. */
  readonly idempotent: boolean;
  readonly pages?: { readonly inputToken: string; readonly outputToken: string; readonly items?: string };
  readonly waiters: readonly WaiterReference[];
  readonly examples: readonly ExampleReference[];
}

export interface MethodReference {
  readonly name: string;
  readonly line: number;
  readonly purpose: 'call' | 'pages' | 'wait';
  /** What it does besides calling the operation; empty of the plain method. */
  readonly documentation: Documentation;
  readonly signature: readonly CodeToken[];
  readonly returns: readonly CodeToken[];
}

export interface OperationError extends ErrorFacts {
  readonly symbol: string;
  readonly summary: readonly Inline[];
}

export interface WaiterReference {
  readonly name: string;
  readonly method: string;
  readonly documentation: Documentation;
  /** Seconds. */
  readonly minDelay: number;
  /** Seconds. */
  readonly maxDelay: number;
  /** What is made of an answer, in the order in which it is asked. */
  readonly acceptors: readonly { readonly state: 'success' | 'failure' | 'retry'; readonly words: string }[];
}

/** An example of the model (`smithy.api#examples`). */
export interface ExampleReference {
  readonly title: string;
  readonly documentation: Documentation;
  /** The call in TypeScript. */
  readonly call: string;
  /** What it resolves with, in TypeScript. */
  readonly output?: string;
  /** What it fails with instead: the symbol of the error, and its members in TypeScript. */
  readonly error?: { readonly symbol: string; readonly members: string };
}
