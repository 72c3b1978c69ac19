import type { WireError } from './error.ts';
import type { ServerError } from './protocol.ts';

/** Errors that Smithy servers answer with before a request reaches its operation. */
const smithyErrors = {
  malformed: { name: 'SerializationException', status: 400 },
  validation: { name: 'ValidationException', status: 400 },
  unsupportedMediaType: { name: 'UnsupportedMediaTypeException', status: 415 },
  notAcceptable: { name: 'NotAcceptableException', status: 406 },
  unwritable: { name: 'InternalFailureException', status: 500 },
} as const;

/** Common errors of AWS's query APIs, for the same refusals. */
const queryErrors = {
  malformed: { name: 'MalformedInput', status: 400 },
  validation: { name: 'ValidationError', status: 400 },
  unsupportedMediaType: { name: 'UnsupportedMediaType', status: 415 },
  notAcceptable: { name: 'NotAcceptable', status: 406 },
  unwritable: { name: 'InternalFailure', status: 500 },
} as const;

/** The error that REST and RPC protocols answer where a message does not fit the model. */
export function refusalAsError({ code, message, fields }: WireError): ServerError {
  const refusal = { ...smithyErrors[code], message: messageOf(code, message) };
  return code === 'validation' ? { ...refusal, members: { fieldList: fields } } : refusal;
}

/** The error that query protocols answer where a message does not fit the model. */
export function queryRefusalAsError({ code, message }: WireError): ServerError {
  return { ...queryErrors[code], message: messageOf(code, message) };
}

/** Nobody outside learns why a response could not be written. */
function messageOf(code: WireError['code'], message: string): string {
  return code === 'unwritable' ? 'Internal failure' : message;
}
