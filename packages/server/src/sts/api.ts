import { type ServerError, type ServerProtocol, WireError } from '@latchkey/wire';
import { StsError, type StsHandlers, stsService } from '../generated/sts.ts';
import type { ApiDefinition, Call } from '../http/api.ts';
import type { IncomingRequest } from '../http/route.ts';
import { handleGetCallerIdentity } from './get-caller-identity.ts';

const handlers = { GetCallerIdentity: handleGetCallerIdentity } satisfies StsHandlers<Call>;

function translate(refusal: unknown, protocol: ServerProtocol): ServerError | undefined {
  return refusal instanceof WireError ? protocol.errorFor(refusal) : undefined;
}

/** A form posted to the root, or an `Action` in its query, is meant for STS, as no page takes either. */
function unmatched({ method, path, query, body }: IncomingRequest): ServerError | undefined {
  if (path !== '/') return undefined;
  const action = new URLSearchParams(method === 'POST' ? Buffer.from(body).toString() : query).get('Action');
  if (action !== null) {
    const served = Object.keys(stsService.operations).join(', ');
    return new StsError('InvalidAction', {
      message: `There is no action "${action.slice(0, 64)}" here; there is ${served}`,
    });
  }
  if (method !== 'POST') return undefined;
  return new StsError('MissingAction', { message: 'The request has no parameter Action' });
}

const internalError = new StsError('InternalFailure', {
  message: 'Something failed here: try again, and tell whoever runs this service if it goes on',
});

/** STS, as far as role credentials of ours go. */
export const stsApi: ApiDefinition = { service: stsService, handlers, translate, unmatched, internalError };
