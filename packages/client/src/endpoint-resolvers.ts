/** Endpoints that a program decides, in the form of the aws_api library for Deno: the option `endpointResolver`. */
import { ClientError } from './client-error.ts';

/** What a resolver is told of one call. */
export interface EndpointParameters {
  readonly apiMetadata: {
    /** E.g. `S3`, `SSO OIDC`. */
    readonly serviceId: string;
    readonly apiVersion: string;
    /** Name of the service in signatures, e.g. `s3`. */
    readonly signingName: string;
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
}

/**
 * Leaves every endpoint to the rules of its service, which is what an `ApiFactory` does without a resolver. Those rules
 * take regional endpoints where the service has any. Dual-stack endpoints are used with `useDualstackEndpoint` of the
 * `ApiFactory`.
 */
export class AwsEndpointResolver implements RequestEndpointResolver {
  /**
   * @param _options `forceRegional` changes nothing, as endpoints are regional already. `upgradeEndpoints` asked for
   *   dual-stack endpoints where they were known; the rules of AWS do not say where there are some
   */
  // biome-ignore lint/complexity/noUselessConstructor: programs pass these options
  constructor(_options: { readonly forceRegional?: boolean; readonly upgradeEndpoints?: boolean } = {}) {}

  resolveUrl(_parameters: EndpointParameters): undefined {}
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
  resolveUrl({ apiMetadata, region, requestPath }: EndpointParameters): ResolvedEndpoint {
    if (apiMetadata.serviceId !== 'S3') {
      throw new ClientError(
        'unsupported',
        `Cannot call ${apiMetadata.serviceId} by S3CompatibleEndpointResolver: it is for S3 only`,
      );
    }
    const [, bucket = '', rest = ''] = /^\/([^/?.]+)(?![^/?])(.*)$/s.exec(requestPath) ?? [];
    const host = `${bucket && `${bucket}.`}${region}.${this.baseDomain}`;
    const path = bucket === '' ? requestPath : rest.startsWith('/') ? rest : `/${rest}`;
    return { url: new URL(`https://${host}${path}`), signingRegion: region };
  }
}

/** Sends every request to one URL, as `fixedEndpoint` does. */
export class FixedBaseEndpointResolver implements RequestEndpointResolver {
  readonly baseUrl: URL;

  /** @throws {ClientError} `badConfiguration` for anything but an absolute URL */
  constructor(baseUrl: string | URL) {
    const url = URL.parse(String(baseUrl));
    if (url === null) {
      throw new ClientError(
        'badConfiguration',
        `Cannot use the endpoint "${baseUrl}": expected a URL such as http://localhost:9000`,
      );
    }
    this.baseUrl = url;
  }

  resolveUrl({ region, requestPath }: EndpointParameters): ResolvedEndpoint {
    const base = this.baseUrl.href.replace(/[?#].*$/s, '').replace(/\/$/, '');
    return { url: new URL(base + requestPath), signingRegion: region };
  }
}
