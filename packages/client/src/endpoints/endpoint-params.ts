import type { ApiFactoryOptions } from '../api-factory-options.ts';
import type { ApiMetadata } from '../api-metadata.ts';
import { type ClientSettings, flag } from '../client-settings.ts';
import type { EndpointParamSource, Operation } from '../operation.ts';
import type { EndpointParams, EndpointResolver } from './endpoint.ts';

type Value = string | boolean | readonly string[] | undefined;

/** Endpoint parameters that all calls of a client share: what endpoint rules call built-ins and client settings. */
export function clientEndpointParams(
  { builtIns, settings: names }: EndpointResolver,
  settings: ClientSettings,
  given: ApiFactoryOptions['endpointSettings'] = {},
): EndpointParams {
  const known: Readonly<Record<string, Value>> = {
    'AWS::Region': settings.region,
    'AWS::UseDualStack': settings.useDualstackEndpoint,
    'AWS::UseFIPS': settings.useFipsEndpoint,
    'AWS::Auth::AccountIdEndpointMode': settings.accountIdEndpointMode,
    'SDK::Endpoint': settings.endpointUrl,
  };
  const configured: Readonly<Record<string, string>> = {
    'AWS::S3::UseArnRegion': 's3_use_arn_region',
    'AWS::S3Control::UseArnRegion': 's3_use_arn_region',
    'AWS::S3::DisableMultiRegionAccessPoints': 's3_disable_multiregion_access_points',
  };
  // Sessions of S3 Express buckets (CreateSession) are not supported; S3 accepts plain signatures for such buckets, too.
  const params: Record<string, Value> = names.includes('DisableS3ExpressSessionAuth')
    ? { DisableS3ExpressSessionAuth: true }
    : {};
  for (const name of names) params[name] = given[settingName(name)] ?? params[name];
  for (const [builtIn, name] of Object.entries(builtIns)) {
    const key = configured[builtIn];
    params[name] =
      known[builtIn] ??
      given[settingName(builtIn)] ??
      (key === undefined ? undefined : flag(settings, key)) ??
      params[name];
  }
  return params;
}

/** Endpoint parameters that depend on the operation and its input; undefined when there are none. */
export function operationEndpointParams(
  { endpointParams }: Operation,
  input: Readonly<Record<string, unknown>>,
  evaluate: ApiMetadata['jmesPath'],
): EndpointParams | undefined {
  if (endpointParams === undefined) return undefined;
  const params: Record<string, Value> = {};
  for (const name in endpointParams) {
    const source = endpointParams[name];
    if (source !== undefined) params[name] = paramOf(source, input, evaluate);
  }
  return params;
}

function paramOf(
  source: EndpointParamSource,
  input: Readonly<Record<string, unknown>>,
  evaluate: ApiMetadata['jmesPath'],
): Value {
  if ('value' in source) return source.value;
  const found = 'member' in source ? input[source.member] : evaluate?.(source.path, input);
  if (typeof found === 'string' || typeof found === 'boolean') return found;
  return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : undefined;
}

/** Name in `endpointSettings`: `forcePathStyle` for `AWS::S3::ForcePathStyle` and for `ForcePathStyle`. */
function settingName(name: string): string {
  const last = name.slice(name.lastIndexOf(':') + 1);
  return last.charAt(0).toLowerCase() + last.slice(1);
}
