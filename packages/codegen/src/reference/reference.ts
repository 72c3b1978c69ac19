import type { AuthScheme, ProtocolName } from '@latchkey/wire';
import type { Documentation, Inline } from '../documentation/tree.ts';

/** Reference of a client module, as plain data for pages, lists and search. */
export interface ServiceReference extends Described {
  /** Title of the service: `smithy.api#title`, else the `sdkId`. */
  readonly title: string;
  readonly sdkId: string;
  /** API version, e.g. `2019-06-10`. */
  readonly version: string;
  /** By what AWS's documentation calls this version, e.g. `sso-oidc-2019-06-10`. Other services have none. */
  readonly docId?: string;
  readonly protocol: ProtocolName;
  readonly signingName: string;
  /** Default endpoints. */
  readonly endpoints: readonly EndpointReference[];
  /** The client class. It is among `symbols`, too. */
  readonly client: ClientSymbol;
  /** All exports of the module, in alphabetical order. */
  readonly symbols: readonly ReferenceSymbol[];
}

export interface EndpointReference {
  readonly region: string;
  readonly way: 'plain' | 'dual-stack' | 'FIPS';
  readonly url: string;
}

export type ReferenceSymbol = ClientSymbol | StructureSymbol | EnumSymbol | ErrorUnionSymbol;

/** Documentation of a service, shape or member. */
export interface Described {
  /** Shape id, e.g. `com.amazonaws.ssooidc#CreateTokenRequest`; of a member, with `$name`. */
  readonly shapeId: string;
  /** First sentence of the documentation; empty where there is none. */
  readonly summary: readonly Inline[];
  readonly documentation: Documentation;
  readonly deprecated?: Deprecation;
  /** Links to other pages (`smithy.api#externalDocumentation`), http or https. */
  readonly links: readonly { readonly title: string; readonly href: string }[];
  readonly sensitive: boolean;
  /** Whether it may change without notice (`smithy.api#unstable`). */
  readonly unstable: boolean;
}

export interface Deprecation {
  readonly message?: string;
  /** Date or version since when it exists (`smithy.api#since`). */
  readonly since?: string;
}

interface SymbolBase extends Described {
  readonly name: string;
  /** Line in the served TypeScript, from 1. */
  readonly line: number;
  /** Declaration in the module's `.d.ts`, without documentation. */
  readonly declaration: readonly CodeToken[];
  readonly usedBy: readonly Use[];
  /** Operations that cannot be called without a value of it; none of the client, an error or an operation's errors. */
  readonly requiredBy: readonly Requirement[];
  /** A program that has a value of it; absent where no operation leads to one. */
  readonly program?: SymbolProgram;
}

/** An operation that needs a value of a symbol. */
export interface Requirement {
  /** The client. */
  readonly symbol: string;
  /** Method of the operation. */
  readonly member: string;
  /** The required members that lead from the input to the symbol, e.g. `["Key"]`. */
  readonly through: readonly string[];
}

/** A program with a `client`, and what it imports from the module besides the client. */
export interface SymbolProgram {
  /** The operation that it calls; absent where it calls none. */
  readonly operation?: string;
  readonly imports: readonly { readonly name: string; readonly isType: boolean }[];
  /** Statements that follow `const client = …`. */
  readonly statements: string;
}

/** A token of TypeScript: a name that can be linked, or other text. */
export interface CodeToken {
  readonly text: string;
  /** Symbol of this module that the text names. */
  readonly symbol?: string;
  /** Export of the runtime that the text names, e.g. `CallOptions`. */
  readonly runtime?: string;
}

/** A reference to a symbol: from a method of the client, or from a property of another symbol. */
export interface Use {
  readonly as: 'input' | 'output' | 'error' | 'property';
  readonly symbol: string;
  readonly member: string;
  /** Whether it is a property that must have a value. */
  readonly required: boolean;
}

export interface ClientSymbol extends SymbolBase {
  readonly kind: 'class';
  /** Members besides methods: metadata and constructor. */
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
  /** Facts about an error; absent for other structures. */
  readonly error?: ErrorFacts;
  /** Symbols of the errors that end an event stream; empty where it is not one. */
  readonly throws: readonly string[];
}

export interface EnumSymbol extends SymbolBase {
  readonly kind: 'enum';
  /** Known values. A service may have others that are newer than its model. */
  readonly values: readonly EnumValueReference[];
}

/** Union type of the errors of one operation. */
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
  /** Type, without the `| null` of an optional property. */
  readonly type: readonly CodeToken[];
  readonly required: boolean;
  /** Whether an optional property should be given (`smithy.api#recommended`), with the reason where the model has one. */
  readonly recommended?: { readonly reason?: string };
  /** Default value, as JSON. */
  readonly default?: unknown;
  readonly constraints: readonly Constraint[];
  /** Where it is in a message. */
  readonly travels: Travel;
  /** Whether it is also part of the host (`smithy.api#hostLabel`). */
  readonly hostLabel: boolean;
  /** Whether it is an idempotency token: the client sends a random value when it is left out, so that retries take effect only once. */
  readonly idempotencyToken: boolean;
}

/** A constraint of a value. `words` is a sentence about it, without full stop. */
export type Constraint = {
  /** What is constrained: the value, or each item of a list, or each key or value of a map. */
  readonly of: 'value' | 'items' | 'keys' | 'values';
  readonly words: string;
} & (
  | { readonly kind: 'length' | 'range'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'pattern'; readonly pattern: string }
  | { readonly kind: 'unique items' }
  | { readonly kind: 'media type'; readonly mediaType: string }
);

/** Where a member is in a message, and its name there. */
export interface Travel {
  readonly in: 'body' | 'header' | 'headers' | 'query' | 'queries' | 'path' | 'payload' | 'status';
  /** Name; for `headers`, the prefix of their names. Empty where there is none. */
  readonly name: string;
}

export interface ErrorFacts {
  /** `name` of the error, by which programs tell it from others. */
  readonly name: string;
  /** Whether client or server is at fault. */
  readonly fault: 'client' | 'server';
  /** HTTP status. */
  readonly status: number;
  /** Error code in the query protocols. */
  readonly code?: string;
  /** Why the client sends the call again by itself, up to three times in all; absent where it does not. */
  readonly retried?: 'throttling' | 'transient';
}

export interface OperationReference extends Described {
  /** `CreateToken` */
  readonly name: string;
  /** Methods of the operation: the plain call, then the paginator, then the waiters. */
  readonly methods: readonly MethodReference[];
  /** Symbol of the parameters; absent when there are none. */
  readonly input?: string;
  readonly output?: string;
  readonly errors: readonly OperationError[];
  /** Symbol of the union of the errors. */
  readonly errorUnion: string;
  /** HTTP binding; absent in protocols where every request is `POST /`. */
  readonly http?: { readonly method: string; readonly uri: string; readonly code: number };
  /** Auth schemes in order of preference; empty when the operation is anonymous. */
  readonly auth: readonly AuthScheme[];
  readonly hostPrefix?: string;
  /** Whether the operation changes nothing (`smithy.api#readonly`). */
  readonly readonly: boolean;
  /** Whether a second call has no further effect (`smithy.api#idempotent`). */
  readonly idempotent: boolean;
  readonly pages?: { readonly inputToken: string; readonly outputToken: string; readonly items?: string };
  readonly waiters: readonly WaiterReference[];
  /** The smallest call in TypeScript, with the required parameters, e.g. `const output = await client.getItem({ … });`. */
  readonly call: string;
  /** The request of that call; absent where it is no single message, as with event streams. */
  readonly request?: RequestReference;
  readonly examples: readonly ExampleReference[];
}

/** A request without its `host` and its signature. */
export interface RequestReference {
  readonly method: string;
  /** Path and query, percent-encoded. */
  readonly target: string;
  /** Host prefix of the operation, e.g. `data-`. */
  readonly hostPrefix?: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** Body as text; bytes that are none in hexadecimal, behind their number. */
  readonly body?: string;
}

export interface MethodReference {
  readonly name: string;
  readonly line: number;
  readonly purpose: 'call' | 'pages' | 'wait';
  /** What the method does besides calling the operation; empty for the plain method. */
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
  /** Shortest delay between calls, in seconds. */
  readonly minDelay: number;
  /** Longest delay between calls, in seconds. */
  readonly maxDelay: number;
  /** Acceptors in the order in which they are tried. `words` says when each matches. */
  readonly acceptors: readonly { readonly state: 'success' | 'failure' | 'retry'; readonly words: string }[];
}

/** An example of the model (`smithy.api#examples`). */
export interface ExampleReference {
  readonly title: string;
  readonly documentation: Documentation;
  /** Call in TypeScript. */
  readonly call: string;
  /** Output in TypeScript. */
  readonly output?: string;
  /** Error that it fails with instead: its symbol, and its members in TypeScript. */
  readonly error?: { readonly symbol: string; readonly members: string };
}
