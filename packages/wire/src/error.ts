/**
 * - `malformed`: the message cannot be read as the model's types
 * - `validation`: the message breaks constraints of the model; see `fields`
 * - `unsupportedMediaType`: the body does not have the media type that the operation takes
 * - `notAcceptable`: the caller accepts no media type that the operation answers with
 * - `unwritable`: a value given to a writer does not fit the model
 */
export type WireErrorCode =
  | 'malformed'
  | 'validation'
  | 'unsupportedMediaType'
  | 'notAcceptable'
  | 'unwritable';

/** A member that breaks a constraint. */
export interface InvalidField {
  /** JSON Pointer by member name, e.g. `/scopes/2`. */
  readonly path: string;
  /** Names the member and the constraint; never holds the value. */
  readonly message: string;
}

/** A message does not fit its model. The texts hold no values, so they are safe to show to the caller. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly code: WireErrorCode;
  /** JSON Pointer of the member at fault, or of the first of several; empty for the message as a whole. */
  readonly path: string;
  /** Members that break constraints; empty unless `code` is `validation`. */
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
