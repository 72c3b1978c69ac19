import type { Endpoint, EndpointParams, EndpointResolver } from './endpoint.ts';
import { EndpointError } from './endpoint-error.ts';
import { endpointUrl } from './endpoint-url.ts';
import { isValidHostLabel } from './host-label.ts';
import { partitions as awsPartitions, findPartition, type Partition } from './partitions.ts';

/** Endpoints of a service that follow the scheme of nearly all services: `{prefix}.{region}.{domain}`. */
export interface StandardEndpoints {
  readonly prefix: string;
  /** Prefix of FIPS endpoints. Default: `{prefix}-fips`. */
  readonly fipsPrefix?: string;
  /** Whether one endpoint, in the partition's `implicitGlobalRegion`, serves the whole partition. */
  readonly partitional?: boolean;
  /** Whether all endpoints are dual-stack (IPv4 and IPv6). */
  readonly dualStackOnly?: boolean;
  /**
   * Endpoints that differ from the scheme, by region or partition and variant, e.g. `aws-us-gov fips`: a URL, maybe with
   * the signing region. Both may refer to `{Region}` and to the members of the partition.
   */
  readonly exceptions?: Readonly<Record<string, EndpointException>>;
}

/** An endpoint that the standard rules do not give: its URL, or that and the region to sign for. */
export type EndpointException = string | readonly [url: string, signingRegion: string];

const defaults = { UseDualStack: false, UseFIPS: false };
const builtIns = {
  'AWS::Region': 'Region',
  'AWS::UseDualStack': 'UseDualStack',
  'AWS::UseFIPS': 'UseFIPS',
  'SDK::Endpoint': 'Endpoint',
};

/**
 * Resolves endpoints by the standard scheme.
 *
 * @param partitions default: those of AWS
 */
export function standardEndpoints(
  service: StandardEndpoints,
  partitions: readonly Partition[] = awsPartitions,
): EndpointResolver {
  const { prefix, fipsPrefix = `${prefix}-fips`, partitional, dualStackOnly, exceptions = {} } = service;

  function resolve(params: EndpointParams): Endpoint {
    const { Endpoint: custom, Region: region } = params;
    const fips = params['UseFIPS'] === true;
    const dualStack = params['UseDualStack'] === true && !dualStackOnly;
    if (typeof custom === 'string') {
      if (fips) throw invalid('FIPS and custom endpoint are not supported');
      if (dualStack) throw invalid('Dualstack and custom endpoint are not supported');
      return { url: endpointUrl(custom) };
    }
    if (typeof region !== 'string') throw invalid('Missing Region');
    if (!isValidHostLabel(region)) throw invalid(`Region "${region}" is not a host label`);

    const partition = findPartition(region, partitions);
    if (!partition) throw invalid(`Region "${region}" is in no partition`);
    const variant = fips ? (dualStack ? 'fipsDualStack' : 'fips') : dualStack ? 'dualStack' : 'plain';
    const exception = exceptions[`${region} ${variant}`] ?? exceptions[`${partition.name} ${variant}`];
    if (exception === undefined && !dualStackOnly) checkSupport(partition, fips, dualStack);
    const [url, signingRegion] =
      typeof exception === 'string' ? [exception] : (exception ?? scheme(fips, dualStack));

    const facts: Readonly<Record<string, unknown>> = { Region: region, ...partition };
    const fill = (template: string) =>
      template.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name]));
    return {
      url: endpointUrl(fill(url)),
      ...(signingRegion !== undefined && {
        authSchemes: [{ name: 'sigv4', signingRegion: fill(signingRegion) }],
      }),
    };
  }

  function scheme(fips: boolean, dualStack: boolean): readonly [url: string, signingRegion?: string] {
    const domain = dualStack || dualStackOnly ? '{dualStackDnsSuffix}' : '{dnsSuffix}';
    const host = fips ? fipsPrefix : prefix;
    if (!partitional) return [`https://${host}.{Region}.${domain}`];
    return [`https://${host}.{implicitGlobalRegion}.${domain}`, '{implicitGlobalRegion}'];
  }

  return { defaults, builtIns, settings: [], resolve };
}

function checkSupport(
  { supportsFIPS, supportsDualStack }: Partition,
  fips: boolean,
  dualStack: boolean,
): void {
  if (fips && dualStack) {
    if (supportsFIPS && supportsDualStack) return;
    throw new EndpointError(
      'FIPS and DualStack are enabled, but this partition does not support one or both',
    );
  }
  if (fips && !supportsFIPS)
    throw new EndpointError('FIPS is enabled but this partition does not support FIPS');
  if (dualStack && !supportsDualStack)
    throw new EndpointError('DualStack is enabled but this partition does not support DualStack');
}

function invalid(problem: string): EndpointError {
  return new EndpointError(`Invalid Configuration: ${problem}`);
}
