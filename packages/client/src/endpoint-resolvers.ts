/** Endpoints that a program decides, in the form of the aws_api library for Deno: the option `endpointResolver`. */
import { ClientError } from './client-error.ts';
import { findPartition, type Partition, partitions } from './endpoints/partitions.ts';

/** What a resolver is told of one call. */
export interface EndpointParameters {
  readonly apiMetadata: {
    /** E.g. `S3`, `SSO OIDC`. */
    readonly serviceId: string;
    readonly apiVersion: string;
    /** First part of the service's usual host name, e.g. `oidc`. */
    readonly endpointPrefix: string;
    /** Name of the service in signatures, e.g. `sso-oauth`. Absent: as `endpointPrefix`. */
    readonly signingName?: string | undefined;
    /** Host name of a service with one endpoint for all regions, e.g. `iam.amazonaws.com`. Calls do not tell it. */
    readonly globalEndpoint?: string | undefined;
  };
  readonly region: string;
  /** Ends with a dot. */
  readonly hostPrefix?: string | undefined;
  /** Path and query, e.g. `/bucket/key?versionId=1`. The bucket of S3 is always in it. */
  readonly requestPath: string;
}

/** Where a request is sent, and the region in its signature. */
export interface ResolvedEndpoint {
  /** With the path and the query of the request. */
  readonly url: URL;
  readonly signingRegion: string;
  readonly partition?: string | undefined;
}

/** Decides where requests are sent. */
export interface RequestEndpointResolver {
  /** @returns undefined to leave it to the endpoint rules of the service */
  resolveUrl(parameters: EndpointParameters): ResolvedEndpoint | undefined;
  /**
   * Asked in place of `resolveUrl` where there is such a method: leaves calls to the endpoint rules of their services, but
   * decides built-ins of these rules.
   *
   * @returns values by built-in, e.g. `{ 'AWS::UseDualStack': true }`
   */
  builtIns?(parameters: EndpointParameters, choice: EndpointChoice): BuiltIns;
}

/** What options, environment and profile say of endpoints. */
export interface EndpointChoice {
  readonly endpointUrl: string | undefined;
  readonly useDualstackEndpoint: boolean | undefined;
  readonly useFipsEndpoint: boolean | undefined;
}

/** Values of built-ins of endpoint rules. */
export type BuiltIns = Readonly<Record<string, string | boolean>>;

/** Options of `AwsEndpointResolver`. */
export interface AwsEndpointOptions {
  /** Whether services with one endpoint for all regions, and STS, are called in the region of the call. Default: false. */
  readonly forceRegional?: boolean | undefined;
  /**
   * Whether dual-stack endpoints (IPv4 and IPv6) are used where aws_api knows of them: S3 and S3 Control, App Mesh, Athena,
   * EBS and Lambda, EC2 and RDS in many regions. Default: true.
   */
  readonly upgradeEndpoints?: boolean | undefined;
}

/**
 * Endpoints of AWS as the aws_api library decides them: dual-stack where there are some, and `sts.amazonaws.com` for STS. An
 * `ApiFactory` without a resolver uses IPv4 and the STS of the region, as the AWS SDKs do.
 *
 * The endpoint rules of each service have the last word: an endpoint of the program, the environment or the profile wins
 * over this class, and so do `useFipsEndpoint` and `useDualstackEndpoint`.
 */
export class AwsEndpointResolver implements RequestEndpointResolver {
  readonly forceRegional: boolean;
  readonly upgradeEndpoints: boolean;

  constructor({ forceRegional = false, upgradeEndpoints = true }: AwsEndpointOptions = {}) {
    this.forceRegional = forceRegional;
    this.upgradeEndpoints = upgradeEndpoints;
  }

  builtIns(
    parameters: EndpointParameters,
    { endpointUrl, useDualstackEndpoint, useFipsEndpoint }: EndpointChoice,
  ): BuiltIns {
    const { apiMetadata, region } = parameters;
    if (endpointUrl !== undefined || useFipsEndpoint === true || useDualstackEndpoint === true) return {};
    const isUpgraded =
      useDualstackEndpoint === undefined &&
      this.upgradeEndpoints &&
      hasDualStack(apiMetadata.serviceId, region);
    // The rules of a service with one endpoint know no other one; those of STS do.
    const isForced = this.forceRegional && isGlobal(apiMetadata) && apiMetadata.serviceId !== 'STS';
    return {
      'AWS::STS::UseGlobalEndpoint': !this.forceRegional,
      ...(isUpgraded && { 'AWS::UseDualStack': true }),
      ...(isForced && { 'SDK::Endpoint': this.resolveUrl({ ...parameters, requestPath: '/' }).url.href }),
    };
  }

  /** The endpoint without the rules of the service, for programs that put another one in its place. */
  resolveUrl(parameters: EndpointParameters): ResolvedEndpoint {
    const { apiMetadata, region } = parameters;
    const { endpointPrefix, globalEndpoint, serviceId } = apiMetadata;
    const { dnsSuffix, dualStackDnsSuffix, implicitGlobalRegion, name } = partitionOf(region);
    const [hostPrefix, requestPath] = serviceId === 'S3' ? bucketInHost(parameters) : asGiven(parameters);
    const resolved = (host: string, signingRegion = region): ResolvedEndpoint => ({
      url: new URL(`https://${hostPrefix}${host}${requestPath}`),
      partition: name,
      signingRegion,
    });
    const isRegional = this.forceRegional || (serviceId === 'STS' && name !== 'aws');
    if (isGlobal(apiMetadata) && !isRegional) {
      const host = globalEndpoint ?? globalHosts[serviceId] ?? '';
      return resolved(name === 'aws' ? host : `${host.split('.')[0]}.${dnsSuffix}`, implicitGlobalRegion);
    }
    const isUpgraded = this.upgradeEndpoints && hasDualStack(serviceId, region);
    if (isUpgraded && serviceId.startsWith('S3'))
      return resolved(`${endpointPrefix}.dualstack.${region}.${dnsSuffix}`);
    return resolved(`${endpointPrefix}.${region}.${isUpgraded ? dualStackDnsSuffix : dnsSuffix}`);
  }
}

/** Services with one endpoint for all regions, in aws_api. */
const globalHosts: Readonly<Record<string, string>> = {
  Chime: 'service.chime.aws.amazon.com',
  CloudFront: 'cloudfront.amazonaws.com',
  IAM: 'iam.amazonaws.com',
  ImportExport: 'importexport.amazonaws.com',
  'Route 53': 'route53.amazonaws.com',
  savingsplans: 'savingsplans.amazonaws.com',
  STS: 'sts.amazonaws.com',
};

function isGlobal({ globalEndpoint, serviceId }: EndpointParameters['apiMetadata']): boolean {
  return globalEndpoint !== undefined || globalHosts[serviceId] !== undefined;
}

const inAllRegions = ['App Mesh', 'Athena', 'EBS', 'Lambda'];
const inSomeRegions: Readonly<Record<string, RegExp>> = {
  EC2: /^(ap-south-1|eu-west-1|sa-east-1|us-(east|west)-[12])$/,
  RDS: /^(af-south-1|ap-(east-1|south-1|northeast-[123]|southeast-[12])|ca-central-1|eu-(central-1|west-[123]|(south|north)-1)|me-south-1|sa-east-1|us-(east|west)-[12])$/,
};
const inChina = ['App Mesh', 'Athena', 'EBS', 'Firehose', 'Lambda', 'RDS'];

/** Whether aws_api knows of a dual-stack endpoint of the service in the region. */
function hasDualStack(serviceId: string, region: string): boolean {
  if (serviceId === 'S3' || serviceId === 'S3 Control') return true;
  const partition = partitionOf(region).name;
  if (partition === 'aws-cn') return inChina.includes(serviceId);
  if (partition !== 'aws') return false;
  return inAllRegions.includes(serviceId) || inSomeRegions[serviceId]?.test(region) === true;
}

/** A region that is in no partition counts as one of the first. */
function partitionOf(region: string): Partition {
  return findPartition(region, partitions) as Partition;
}

/** Host prefix, and path with query, of a request. */
type Place = readonly [hostPrefix: string, requestPath: string];

function asGiven({ hostPrefix = '', requestPath }: EndpointParameters): Place {
  return [hostPrefix, requestPath];
}

/** Puts the bucket of S3 before the host. One with a dot in its name stays in the path, as no certificate is for it. */
function bucketInHost(parameters: EndpointParameters): Place {
  const { hostPrefix, requestPath } = parameters;
  const [, bucket, rest = ''] = /^\/([^/?.]+)(?![^/?])(.*)$/s.exec(requestPath) ?? [];
  if (hostPrefix !== undefined || bucket === undefined) return asGiven(parameters);
  return [`${bucket}.`, rest.startsWith('/') ? rest : `/${rest}`];
}

/** Sends the requests of S3 to `https://<bucket>.<region>.<domain>`; a bucket with a dot in its name stays in the path. */
export class S3CompatibleEndpointResolver implements RequestEndpointResolver {
  readonly baseDomain: string;

  /** @throws {ClientError} `badConfiguration` for anything but a domain, e.g. `objects.example.com` */
  constructor(baseDomain: string) {
    if (!/^[\w.-]+(?::\d+)?$/.test(baseDomain)) {
      throw new ClientError(
        'badConfiguration',
        `Cannot use the domain "${baseDomain}": expected a name without scheme and path, e.g. objects.example.com`,
      );
    }
    this.baseDomain = baseDomain;
  }

  /** @throws {ClientError} `unsupported` for another service */
  resolveUrl(parameters: EndpointParameters): ResolvedEndpoint {
    const { apiMetadata, region } = parameters;
    if (apiMetadata.serviceId !== 'S3') {
      throw new ClientError(
        'unsupported',
        `Cannot call ${apiMetadata.serviceId} by S3CompatibleEndpointResolver: it is for S3 only`,
      );
    }
    const [hostPrefix, requestPath] = bucketInHost(parameters);
    const url = new URL(`https://${hostPrefix}${region}.${this.baseDomain}${requestPath}`);
    return { url, signingRegion: region };
  }
}

/** Sends every request to one URL, as `fixedEndpoint` does. */
export class FixedBaseEndpointResolver implements RequestEndpointResolver {
  readonly baseUrl: URL;

  /** @throws {ClientError} `badConfiguration` for anything but an absolute URL */
  constructor(baseUrl: string | URL) {
    if (!URL.canParse(String(baseUrl))) {
      throw new ClientError(
        'badConfiguration',
        `Cannot use the endpoint "${baseUrl}": expected a URL such as http://localhost:9000`,
      );
    }
    this.baseUrl = new URL(baseUrl);
  }

  resolveUrl({ region, requestPath }: EndpointParameters): ResolvedEndpoint {
    const base = this.baseUrl.href.replace(/[?#].*$/s, '').replace(/\/$/, '');
    return { url: new URL(base + requestPath), signingRegion: region };
  }
}
