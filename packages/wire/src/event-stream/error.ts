import type { StructureValue } from '../protocol.ts';

/** An error that the service sent instead of an event, and which ended the stream. */
export class EventStreamError extends Error {
  override readonly name = 'EventStreamError';
  /** Shape name of a modelled error, else the code that the service sent. */
  readonly code: string;
  /** Whether the union of events has this error. If not, `members` is empty. */
  readonly modeled: boolean;
  readonly members: StructureValue;
  /** Whether client or server is at fault. */
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
