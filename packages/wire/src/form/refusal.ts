import type { WireError } from '../error.ts';
import type { ServerError } from '../protocol.ts';

/** Common errors of AWS's query APIs. */
const refusals = {
  malformed: { name: 'MalformedInput', status: 400 },
  validation: { name: 'ValidationError', status: 400 },
  unsupportedMediaType: { name: 'UnsupportedMediaType', status: 415 },
  notAcceptable: { name: 'NotAcceptable', status: 406 },
  unwritable: { name: 'InternalFailure', status: 500 },
} as const;

export function refusalAsError({ code, message }: WireError): ServerError {
  return { ...refusals[code], message: code === 'unwritable' ? 'Internal failure' : message };
}
