import type { ShapeId } from '@latchkey/smithy';

/** How an operation looks on the wire: each message with all of its members, and a placeholder for each value. */
export interface WireSyntax {
  readonly request: MessageSyntax;
  readonly response: MessageSyntax;
  /** The errors, by the form in which they travel. */
  readonly errors: readonly ErrorSyntax[];
}

/** A message, line by line. */
export interface MessageSyntax {
  /** Request line, with a line for each parameter of the query; or status line. */
  readonly start: readonly SyntaxLine[];
  /** Headers, without `host` and those of the signature. */
  readonly headers: readonly SyntaxLine[];
  readonly body?: BodySyntax;
  /** Messages of the event stream that is the body, or the rest of it; empty where there is none. */
  readonly events: readonly EventSyntax[];
  /** Number of members that are left out of a structure with very many. */
  readonly unlisted: number;
}

export interface BodySyntax {
  /** `cbor` is shown as JSON would be; `raw` is the value of one member, as it is. */
  readonly format: 'json' | 'xml' | 'form' | 'cbor' | 'raw';
  readonly lines: readonly SyntaxLine[];
}

/** A message of an event stream; errors that differ in nothing but their names are one. */
export interface EventSyntax {
  /** Names of the event or the errors, or `initial-request` or `initial-response`. */
  readonly names: readonly string[];
  readonly headers: readonly SyntaxLine[];
  readonly body?: BodySyntax;
}

/** Errors that differ in nothing but their names, codes and statuses, for which the form has placeholders. */
export interface ErrorSyntax {
  readonly errors: readonly {
    readonly shapeId: ShapeId;
    /** HTTP status. */
    readonly status: number;
    /** Name of the shape in the service. */
    readonly name: string;
    /** Code in the query protocols, and where the service once spoke one; else the name. */
    readonly code: string;
  }[];
  readonly form: MessageSyntax;
}

export interface SyntaxLine {
  /** Number of levels by which it is indented. */
  readonly indent: number;
  readonly parts: readonly SyntaxPart[];
  /** Whether its member must be there. */
  readonly required?: true;
  /** Whether its member is one of which exactly one is there: `either` for the first of them. */
  readonly choice?: 'either' | 'or';
}

export interface SyntaxPart {
  readonly text: string;
  /** A name is on the wire as it is; a placeholder stands for a value. */
  readonly kind: 'text' | 'name' | 'placeholder';
  /** Shape or member, as `ns#Shape$member`, that the text is about. */
  readonly shapeId?: ShapeId;
}
