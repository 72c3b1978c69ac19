import { type ServerError, type ServerProtocol, WireError } from '@latchkey/wire';
import { StsError, type StsHandlers, stsService } from '../generated/sts.ts';
import type { ApiDefinition, Call } from '../http/api.ts';
import { type QueryAction, queryActionOf } from '../http/query-action.ts';
import type { IncomingRequest } from '../http/route.ts';
import { claimedSignature, wantsPage } from '../unserved/aws-client.ts';
import { handleGetCallerIdentity } from './get-caller-identity.ts';

const handlers = { GetCallerIdentity: handleGetCallerIdentity } satisfies StsHandlers<Call>;

function translate(refusal: unknown, protocol: ServerProtocol): ServerError | undefined {
  return refusal instanceof WireError ? protocol.errorFor(refusal) : undefined;
}

/** Refuses a call that is meant for STS, but that no operation of STS takes. */
function unmatched(request: IncomingRequest): ServerError | undefined {
  const { action, version } = queryActionOf(request);
  if (!isForSts(request, { action, version })) return undefined;
  if (action === undefined) {
    return new StsError('MissingAction', { message: 'The request has no parameter Action' });
  }
  return new StsError('InvalidAction', { message: noSuchAction(action, version) });
}

/**
 * Whether a request is meant for STS: by its signature or its API version at any path, since an endpoint may be set with a
 * path; at the root also by an `Action`, or as a posted form, which no page takes there.
 */
function isForSts(request: IncomingRequest, { action, version }: QueryAction): boolean {
  const { method, path } = request;
  if (path === '/' && (action !== undefined || method === 'POST')) return true;
  const signature = claimedSignature(request);
  // A browser may open a presigned URL, or an address with any query.
  if (wantsPage(request) && (signature === undefined || signature.isPresigned)) return false;
  return signature === undefined
    ? action !== undefined && version === stsService.version
    : signature.service === stsService.signingName;
}

function noSuchAction(action: string, version: string | undefined): string {
  const served = Object.keys(stsService.operations);
  if (version !== undefined && version !== stsService.version) {
    return `There is no version "${version.slice(0, 64)}" of STS here: there is ${stsService.version}`;
  }
  return `There is no operation "${action.slice(0, 64)}" of STS here: there is ${served.join(', ')}. Credentials of roles come from the access portal, after "aws sso login"`;
}

const internalError = (message: string) => new StsError('InternalFailure', { message });

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
