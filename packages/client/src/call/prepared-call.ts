import type { ClientRequest } from '@latchkey/wire/http';
import type { ClientProtocol, StructureValue } from '@latchkey/wire/protocol';
import type { ApiMetadata } from '../api-metadata.ts';
import { ClientError } from '../client-error.ts';
import type { Credentials } from '../credentials/credentials.ts';
import type { BuiltIns } from '../endpoint-resolvers.ts';
import { operationEndpointParams } from '../endpoints/endpoint-params.ts';
import { endpointUrl } from '../endpoints/endpoint-url.ts';
import { type OwnEndpoint, ownEndpoint } from '../endpoints/own-endpoint.ts';
import { addressOf, hostOf, type Target, targetOf } from '../endpoints/target.ts';
import type { Feature, FeatureContext, LearnedRegions } from '../feature.ts';
import type { MiddlewareCall } from '../middleware.ts';
import type { Operation } from '../operation.ts';
import { type Auth, chooseAuth, noRegion, type SigningScope, signingScope } from '../signing/auth.ts';
import type { ClientContext } from './client-context.ts';
import { abortable } from './deadline.ts';
import type { ServiceSetup } from './service-setup.ts';
import { streamingOutputOf } from './streaming-output.ts';
import { userAgentHeader } from './user-agent.ts';

/** A call, prepared up to what differs between attempts. */
export interface PreparedCall {
  /** The call as middleware knows it. */
  readonly made: MiddlewareCall;
  readonly operation: Operation;
  /** E.g. `CreateToken of SSO OIDC`, for messages. */
  readonly what: string;
  readonly invocationId: string;
  readonly context: FeatureContext;
  /** Request with its `host` header, not yet signed. */
  readonly request: ClientRequest;
  readonly secure: boolean;
  readonly host: string;
  /** Undefined for a call that is not signed. */
  readonly signing: (SigningScope & { readonly credentials: Credentials }) | undefined;
  /** Name of the output member that is read as a stream, if there is one. */
  readonly streaming: string | undefined;
}

/** A service client that is set up: what each of its calls uses. */
export interface ReadyClient {
  readonly metadata: ApiMetadata;
  readonly shared: ClientContext;
  readonly protocol: ClientProtocol;
  /** Features that may sign a request, in the order in which they are asked. */
  readonly signers: readonly Pick<Feature, 'sign'>[];
  readonly setup: ServiceSetup;
}

export interface PrepareOptions {
  readonly made: MiddlewareCall;
  /** Whether the call becomes a URL instead of being sent. */
  readonly isPresigned: boolean;
  readonly learned: LearnedRegions;
  /** The endpoint that the service told for this call. Undefined: the endpoint rules decide. */
  readonly discovered: URL | undefined;
}

/**
 * Decides where a call goes and who makes it, and writes its request.
 *
 * @throws {ClientError} `badInput`, `noEndpoint`, `noRegion`, `noCredentials`, and what features throw
 */
export async function prepareCall(
  client: ReadyClient,
  operation: Operation,
  { made, isPresigned, learned, discovered }: PrepareOptions,
): Promise<PreparedCall> {
  const { metadata, shared, setup } = client;
  const { signal } = made;
  const { serviceId, service, signingName, features = [] } = metadata;
  const what = `${operation.name} of ${serviceId}`;
  const token = operation.auth.includes('bearer') ? shared.identities.bearerToken(signingName) : undefined;
  const auth = chooseAuth(operation, shared.identities, token !== undefined);
  const credentials = auth === 'sigv4' ? await credentialsFor(client, signal) : undefined;

  let context: FeatureContext = {
    operation,
    input: made.input,
    version: service.version,
    isPresigned,
    setting: (key, block) => setup.settings.value(key, block),
    customEndpoint: setup.settings.endpointUrl,
    endpointSettings: shared.options.endpointSettings,
  };
  for (const feature of features) {
    if (feature.input !== undefined) context = { ...context, input: feature.input(context) };
  }
  const rightRegion = features.map((feature) => feature.region?.(context, learned)).find(Boolean);
  const where: Whereabouts = { credentials, rightRegion, what };
  const resolved = askResolver(client, context, where);
  const own = 'target' in resolved ? resolved : undefined;
  const ruled = own?.target ?? targetFor(client, context, { ...where, ...resolved });
  const target =
    discovered === undefined || own !== undefined ? ruled : { ...ruled, ...addressOf({ url: discovered }) };
  let request = render(client, operation, context.input, what);
  for (const feature of features) {
    if (feature.request !== undefined) request = await feature.request(request, context);
  }
  if (own !== undefined) request = { ...request, path: own.path, query: own.query };

  const host = hostOf(target, shared.options.disableHostPrefix === true ? undefined : request.hostPrefix);
  const invocationId = crypto.randomUUID();
  const headers: Record<string, string | undefined> = {
    ...target.headers,
    ...request.headers,
    host,
    [userAgentHeader]: setup.userAgent,
    'amz-sdk-invocation-id': invocationId,
  };
  if (token !== undefined) headers['authorization'] = `Bearer ${await abortable(bearer(token), signal)}`;
  return {
    made,
    operation,
    what,
    invocationId,
    context,
    request: { ...request, path: target.basePath + request.path || '/', headers },
    secure: target.secure,
    host,
    signing: signingFor(client, auth, target, where),
    streaming: streamingOutputOf(operation),
  };
}

function credentialsFor(
  { shared, setup }: ReadyClient,
  signal: AbortSignal | undefined,
): Promise<Credentials> | undefined {
  const { region } = setup.settings;
  const { agent, fetch } = shared.options;
  const { credentials } = shared.identities;
  return (
    credentials &&
    abortable(
      credentials({ ...(region && { region }), ...(fetch && { fetch }), ...(agent && { agent }) }),
      signal,
    )
  );
}

/** What the endpoint of a call depends on, beside its input. */
interface Whereabouts {
  readonly credentials: Credentials | undefined;
  /** Region that the service has sent such calls to. */
  readonly rightRegion: string | undefined;
  /** For messages. */
  readonly what: string;
}

/** What the program's `endpointResolver` says; nothing where there is none. */
function askResolver(
  client: ReadyClient,
  { input, operation }: FeatureContext,
  { credentials, rightRegion, what }: Whereabouts,
): OwnEndpoint | { readonly builtIns?: BuiltIns } {
  const { metadata, setup, shared } = client;
  const { disableHostPrefix, endpointResolver } = shared.options;
  if (endpointResolver === undefined) return {};
  const region = rightRegion ?? setup.settings.region ?? credentials?.region;
  if (region === undefined) throw setup.settings.fault ?? noRegion(what);
  const { hostPrefix, path, query } = render(client, operation, input, what);
  const request = { path, query, ...(disableHostPrefix !== true && { hostPrefix }) };
  return ownEndpoint(endpointResolver, { metadata, region, request, choice: setup.settings, what });
}

function targetFor(
  { metadata, setup }: ReadyClient,
  context: FeatureContext,
  { builtIns: decided = {}, credentials, rightRegion, what }: Whereabouts & { readonly builtIns?: BuiltIns },
): Target {
  for (const feature of metadata.features ?? []) {
    const own = feature.endpoint?.(context);
    if (own !== undefined) return targetOf({ url: endpointUrl(own) });
  }
  const { builtIns } = metadata.endpoints;
  const { region, fault } = setup.settings;
  let params = operationEndpointParams(context.operation, context.input, metadata.jmesPath);
  const accountId = builtIns['AWS::Auth::AccountId'];
  if (accountId !== undefined && credentials?.accountId !== undefined)
    params = { ...params, [accountId]: credentials.accountId };
  const regionParam = builtIns['AWS::Region'];
  const ownRegion = rightRegion ?? (region === undefined ? credentials?.region : undefined);
  if (regionParam !== undefined && ownRegion !== undefined) params = { ...params, [regionParam]: ownRegion };
  for (const builtIn in decided) {
    const name = builtIns[builtIn];
    if (name !== undefined) params = { ...params, [name]: decided[builtIn] };
  }
  for (const feature of metadata.features ?? []) {
    const own = feature.endpointParams?.(context);
    if (own !== undefined) params = { ...params, ...own };
  }
  try {
    return setup.endpoints.find(params, what);
  } catch (error) {
    const misses = region === undefined && credentials?.region === undefined;
    throw misses && error instanceof ClientError ? (fault ?? noRegion(what)) : error;
  }
}

function render(
  { protocol }: ReadyClient,
  operation: Operation,
  input: StructureValue,
  what: string,
): ClientRequest {
  try {
    return protocol.renderInput(operation, input);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'WireError') throw error;
    throw new ClientError('badInput', `Cannot call ${what}: ${error.message}`, { cause: error });
  }
}

/** `async`, so that a token function that throws rejects like one whose promise does. */
async function bearer(token: () => string | Promise<string>): Promise<string> {
  return token();
}

function signingFor(
  { metadata, setup }: ReadyClient,
  auth: Auth,
  target: Target,
  { credentials, rightRegion, what }: Whereabouts,
): PreparedCall['signing'] {
  if (auth !== 'sigv4' || credentials === undefined) return undefined;
  const brought = metadata.features?.flatMap(({ authScheme }) => authScheme ?? []) ?? [];
  const scope = signingScope({
    schemes: target.authSchemes,
    signingName: metadata.signingName,
    region: rightRegion ?? setup.settings.region ?? credentials.region,
    fault: setup.settings.fault,
    known: ['sigv4', ...brought],
    what,
  });
  return scope === 'none' ? undefined : { ...scope, credentials };
}
