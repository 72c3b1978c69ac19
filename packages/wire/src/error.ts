/**
 * - `malformed`: the message cannot be read as the model's types
 * - `validation`: it was read, but breaks constraints of the model; see `fields`
 * - `unsupportedMediaType`: the body is not of the media type that the operation takes
 * - `notAcceptable`: the caller accepts no media type that the operation answers with
 * - `unwritable`: a value given to a writer does not fit the model
 */
export type WireErrorCode =
  | 'malformed'
  | 'validation'
  | 'unsupportedMediaType'
  | 'notAcceptable'
  | 'unwritable';

/** One member that breaks a constraint. */
export interface InvalidField {
  /** JSON Pointer by member name, e.g. `/scopes/2`. */
  readonly path: string;
  /** Names the member and the constraint; never holds the value. */
  readonly message: string;
}

/** A message that does not fit its model. The sentences are safe to show to the caller. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly code: WireErrorCode;
  /** JSON Pointer of the member at fault, the first of several; empty for the message as a whole. */
  readonly path: string;
  /** Every member that breaks a constraint; empty unless `code` is `validation`. */
  readonly fields: readonly InvalidField[];

  constructor(
    code: WireErrorCode,
    message: string,
    detail: {
      readonly path?: string;
      readonly fields?: readonly InvalidField[];
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, 'cause' in detail ? { cause: detail.cause } : undefined);
    this.code = code;
    this.fields = detail.fields ?? [];
    this.path = detail.path ?? this.fields[0]?.path ?? '';
  }
}
