import type { StructureValue } from '../protocol.ts';

/** An error that came in the place of an event, and ended the stream. */
export class EventStreamError extends Error {
  override readonly name = 'EventStreamError';
  /** Shape name of a modelled error, else what the service calls it. */
  readonly code: string;
  /** Whether the events' union has this error; `members` is empty when not. */
  readonly modeled: boolean;
  readonly members: StructureValue;

  constructor(
    code: string,
    message: string,
    detail: { readonly modeled: boolean; readonly members: StructureValue } = { modeled: false, members: {} },
  ) {
    super(message);
    this.code = code;
    this.modeled = detail.modeled;
    this.members = detail.members;
  }
}
