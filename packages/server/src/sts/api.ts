import { type ServerError, type ServerProtocol, WireError } from '@latchkey/wire';
import { StsError, type StsHandlers, stsService } from '../generated/sts.ts';
import type { ApiDefinition, Call } from '../http/api.ts';
import { queryActionOf } from '../http/query-action.ts';
import type { IncomingRequest } from '../http/route.ts';
import { handleGetCallerIdentity } from './get-caller-identity.ts';

const handlers = { GetCallerIdentity: handleGetCallerIdentity } satisfies StsHandlers<Call>;

function translate(refusal: unknown, protocol: ServerProtocol): ServerError | undefined {
  return refusal instanceof WireError ? protocol.errorFor(refusal) : undefined;
}

/** A form posted to the root, or an `Action` in its query, is meant for STS, as no page takes either. */
function unmatched(request: IncomingRequest): ServerError | undefined {
  if (request.path !== '/') return undefined;
  const { action, version } = queryActionOf(request);
  if (action !== undefined) return new StsError('InvalidAction', { message: noSuchAction(action, version) });
  if (request.method !== 'POST') return undefined;
  return new StsError('MissingAction', { message: 'The request has no parameter Action' });
}

function noSuchAction(action: string, version: string | undefined): string {
  const served = Object.keys(stsService.operations);
  if (version !== undefined && version !== stsService.version) {
    return `There is no version "${version.slice(0, 64)}" of STS here: there is ${stsService.version}`;
  }
  return `There is no operation "${action.slice(0, 64)}" of STS here: there is ${served.join(', ')}. Credentials of roles come from the access portal, after "aws sso login"`;
}

const internalError = new StsError('InternalFailure', {
  message: 'Something failed here: try again, and tell whoever runs this service if it goes on',
});

/** STS, as far as role credentials of ours go. */
export const stsApi: ApiDefinition = {
  service: stsService,
  title: 'STS',
  sdkId: 'STS',
  handlers,
  translate,
  unmatched,
  internalError,
};
