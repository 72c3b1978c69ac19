import { type AuthorizationFault, MAX_PARAMETERS } from '../grants/authorization-request.ts';
import type { Messages } from './messages/english.ts';

/** Says what is wrong with a request to `/authorize`, in a sentence. */
export function describeAuthorizationFault(
  fault: AuthorizationFault,
  { authorizationFault: messages }: Messages,
): string {
  return fault.kind === 'tooManyParameters'
    ? messages.tooManyParameters(fault.parameters, MAX_PARAMETERS)
    : messages[fault.kind];
}
