import type { Endpoint, EndpointParams, EndpointResolver } from '@latchkey/client/endpoints/endpoint';
import { EndpointError } from '@latchkey/client/endpoints/endpoint-error';
import type { Partition } from '@latchkey/client/endpoints/partitions';
import { endpointRules } from '@latchkey/client/endpoints/rules';
import {
  type EndpointException,
  type StandardEndpoints,
  standardEndpoints,
} from '@latchkey/client/endpoints/standard';
import type { Decision } from './decision-graph.ts';
import { layOut } from './lay-out.ts';
import { anyPartition, anyRegion, type Probe, probesFor } from './standard-probes.ts';

type MakeResolver = (partitions: readonly Partition[]) => EndpointResolver;

/**
 * Reduces endpoint rules to `StandardEndpoints`, where the service follows the standard scheme. @returns undefined where
 * it does not
 *
 * The probes cover all cases that the conditions of the rules distinguish. So if scheme and rules give the same endpoint
 * for every probe, they are equivalent, however the rules are written.
 *
 * @param signingName signing name of the service, which an auth scheme of the rules may repeat
 */
export function findStandard(root: Decision, signingName: string | undefined): StandardEndpoints | undefined {
  const probes = probesFor(root);
  if (probes === undefined) return undefined;
  const rules = { builtIns: {}, ...layOut(root) };
  const byRules: MakeResolver = (partitions) => endpointRules(rules, partitions);
  const scheme = findScheme(byRules);
  if (scheme === undefined) return undefined;

  const exceptions: Record<string, EndpointException> = {};
  const standard: StandardEndpoints = { ...scheme, exceptions };
  const byScheme: MakeResolver = (partitions) => standardEndpoints(standard, partitions);
  for (const probe of probes) {
    const wanted = resolve(byRules, probe, signingName);
    if (wanted === undefined) return undefined;
    if (isSame(wanted, resolve(byScheme, probe, signingName))) continue;
    if (probe.exception === undefined || typeof wanted === 'string') return undefined;
    exceptions[probe.exception] = asException(wanted);
    if (!isSame(wanted, resolve(byScheme, probe, signingName))) return undefined;
  }
  const holdsStill = probes.every((probe) =>
    isSame(resolve(byRules, probe, signingName), resolve(byScheme, probe, signingName)),
  );
  if (!holdsStill) return undefined;
  return Object.keys(exceptions).length === 0 ? scheme : standard;
}

/** Finds prefix and kind of the scheme, from the endpoints that the rules give for a region that they do not name. */
function findScheme(byRules: MakeResolver): StandardEndpoints | undefined {
  const inUse = (flags: EndpointParams) =>
    resolve(byRules, { params: { Region: anyRegion, ...flags }, partition: anyPartition }, undefined);
  const plain = inUse({ UseFIPS: false, UseDualStack: false });
  const fips = inUse({ UseFIPS: true, UseDualStack: false });
  if (plain === undefined || fips === undefined || typeof plain === 'string' || typeof fips === 'string')
    return undefined;
  const host = hostParts.exec(plain[0]);
  const fipsHost = hostParts.exec(fips[0]);
  const [, prefix, region, domain] = host ?? [];
  const [, fipsPrefix] = fipsHost ?? [];
  if (prefix === undefined || fipsPrefix === undefined) return undefined;
  return {
    prefix,
    ...(fipsPrefix !== `${prefix}-fips` && { fipsPrefix }),
    ...(region === '{implicitGlobalRegion}' && { partitional: true }),
    ...(domain === '{dualStackDnsSuffix}' && { dualStackOnly: true }),
  };
}

const hostParts =
  /^https:\/\/([^{}/]+)\.(\{Region\}|\{implicitGlobalRegion\})\.(\{dnsSuffix\}|\{dualStackDnsSuffix\})$/;

/** Result of a probe: a URL as a template, maybe with a signing region; or the message of an error. */
type Resolved = readonly [url: string, signingRegion?: string] | string;

function resolve(
  make: MakeResolver,
  { params, partition }: Probe,
  signingName: string | undefined,
): Resolved | undefined {
  try {
    return describe(make([partition]).resolve(params), params, signingName);
  } catch (error) {
    if (error instanceof EndpointError) return error.message;
    throw error;
  }
}

/** Describes an endpoint. @returns undefined where the standard scheme cannot express it */
function describe(
  endpoint: Endpoint,
  { Region }: EndpointParams,
  serviceName: string | undefined,
): Resolved | undefined {
  const { url, authSchemes = [], headers } = endpoint;
  const template = asTemplate(url.href.replace(/\/$/, ''), Region);
  if (headers !== undefined) return undefined;
  if (authSchemes.length === 0) return [template];
  const [scheme, another] = authSchemes;
  if (another !== undefined || scheme?.name !== 'sigv4' || scheme.signingRegion === undefined)
    return undefined;
  const { name, signingRegion, signingName = serviceName, ...rest } = scheme;
  if (signingName !== serviceName || Object.keys(rest).length > 0) return undefined;
  return [template, asTemplate(signingRegion, Region)];
}

/** Replaces the values of a probe in a text by references. */
function asTemplate(text: string, region: EndpointParams[string]): string {
  const { dnsSuffix, dualStackDnsSuffix, implicitGlobalRegion } = anyPartition;
  const references = { dnsSuffix, dualStackDnsSuffix, implicitGlobalRegion, Region: String(region) };
  return Object.entries(references).reduce(
    (done, [name, value]) => done.replaceAll(value, `{${name}}`),
    text,
  );
}

function asException([url, signingRegion]: readonly [
  url: string,
  signingRegion?: string,
]): EndpointException {
  return signingRegion === undefined ? url : [url, signingRegion];
}

function isSame(one: Resolved | undefined, other: Resolved | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
