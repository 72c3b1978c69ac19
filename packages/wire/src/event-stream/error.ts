import type { StructureValue } from '../protocol.ts';

/** An error that came in the place of an event, and ended the stream. */
export class EventStreamError extends Error {
  override readonly name = 'EventStreamError';
  /** Shape name of a modelled error, else what the service calls it. */
  readonly code: string;
  /** Whether the events' union has this error; `members` is empty when not. */
  readonly modeled: boolean;
  readonly members: StructureValue;
  /** Whom the error blames. */
  readonly fault: 'client' | 'server';

  constructor(code: string, message: string, modeled?: ModeledEventStreamError) {
    super(message);
    this.code = code;
    this.modeled = modeled !== undefined;
    this.members = modeled?.members ?? {};
    this.fault = modeled?.fault ?? 'server';
  }
}

interface ModeledEventStreamError {
  readonly members: StructureValue;
  readonly fault: 'client' | 'server';
}
