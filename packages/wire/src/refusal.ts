import type { WireError } from './error.ts';
import type { ServerError } from './protocol.ts';

/** Errors that Smithy servers answer with before a request reaches its operation. */
const refusals = {
  malformed: { name: 'SerializationException', status: 400 },
  validation: { name: 'ValidationException', status: 400 },
  unsupportedMediaType: { name: 'UnsupportedMediaTypeException', status: 415 },
  notAcceptable: { name: 'NotAcceptableException', status: 406 },
  unwritable: { name: 'InternalFailureException', status: 500 },
} as const;

export function refusalAsError({ code, message, fields }: WireError): ServerError {
  const refusal = { ...refusals[code], message: code === 'unwritable' ? 'Internal failure' : message };
  return code === 'validation' ? { ...refusal, members: { fieldList: fields } } : refusal;
}
