import type { ServiceSchema } from '@latchkey/wire';
import { queryActionOf } from '../http/query-action.ts';
import type { IncomingRequest } from '../http/route.ts';
import { claimedSignature } from './aws-client.ts';
import type { ErrorForm } from './error-forms.ts';
import { findUnservedCall } from './unserved-call.ts';

/**
 * The form in which the caller of any AWS API reads errors, as far as the headers and the query of the request show it.
 *
 * @param services what is served here
 */
export function errorFormOf(request: IncomingRequest, services: readonly ServiceSchema[]): ErrorForm {
  const signedFor = claimedSignature(request)?.service;
  const served = services.find(({ signingName }) => signingName === signedFor);
  if (served !== undefined) return served.protocol;
  const unserved = findUnservedCall(request, services);
  if (unserved !== undefined) return unserved.form;
  return queryActionOf(request).action === undefined ? 'restJson1' : 'awsQuery';
}
