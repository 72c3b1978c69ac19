import { type ServerError, type ServerProtocol, WireError } from '@latchkey/wire';
import { StsError, type StsHandlers, stsService } from '../generated/sts.ts';
import type { ApiDefinition, Call } from '../http/api.ts';
import { handleGetCallerIdentity } from './get-caller-identity.ts';

const handlers = { GetCallerIdentity: handleGetCallerIdentity } satisfies StsHandlers<Call>;

function translate(refusal: unknown, protocol: ServerProtocol): ServerError | undefined {
  return refusal instanceof WireError ? protocol.errorFor(refusal) : undefined;
}

const internalError = new StsError('InternalFailure', {
  message: 'Something failed here: try again, and tell whoever runs this service if it goes on',
});

/** STS, as far as role credentials of ours go. */
export const stsApi: ApiDefinition = { service: stsService, handlers, translate, internalError };
