import type { Hooks } from './call/hooks.ts';
import type { Clock } from './clock.ts';
import type { CredentialProviderOption, CredentialsOption } from './credentials/accepted-forms.ts';
import type { RequestEndpointResolver } from './endpoint-resolvers.ts';
import type { Middleware } from './middleware.ts';
import type { NodeAgent } from './transport/node-agent.ts';

/** Options of all clients of an `ApiFactory`. Defaults come from the environment, then from the profile. */
export interface ApiFactoryOptions {
  /** E.g. `eu-central-1`. Default: `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's, the credentials'. */
  readonly region?: string | undefined;
  /** Credentials to sign with; `anonymous` signs nothing. */
  readonly credentials?: CredentialsOption | 'anonymous' | undefined;
  /** Provider of credentials, called again before they expire. Default: the chain of sources that every AWS tool follows. */
  readonly credentialProvider?: CredentialProviderOption | undefined;
  /** Bearer token, for services that take one. Default: `AWS_BEARER_TOKEN_<SIGNING NAME>`, e.g. `AWS_BEARER_TOKEN_BEDROCK`. */
  readonly bearerToken?: string | (() => string | Promise<string>) | undefined;
  /** URL that every request is sent to. Default: `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's, then the service's own. */
  readonly fixedEndpoint?: string | URL | undefined;
  /** Decides where each request is sent; wins over `fixedEndpoint`. Default: the endpoint rules of the service. */
  readonly endpointResolver?: RequestEndpointResolver | undefined;
  /** Whether to leave out the host prefix of some operations. An IP address or `localhost` never gets one. Default: false. */
  readonly disableHostPrefix?: boolean | undefined;
  /** Whether to use dual-stack endpoints (IPv4 and IPv6). Default: `AWS_USE_DUALSTACK_ENDPOINT`. */
  readonly useDualstackEndpoint?: boolean | undefined;
  /** Whether to use FIPS endpoints. Default: `AWS_USE_FIPS_ENDPOINT`. */
  readonly useFipsEndpoint?: boolean | undefined;
  /** Other parameters of a service's endpoint rules, with a small first letter, e.g. `{ forcePathStyle: true }`. */
  readonly endpointSettings?: Readonly<Record<string, string | boolean>> | undefined;
  /**
   * Whether to follow S3 to the region of a bucket that is in another one: once a call, and remembered for the bucket.
   * Default: false; the error names the region.
   */
  readonly followRegionRedirects?: boolean | undefined;
  /**
   * Whether to discover the endpoints of operations for which that is optional, as DynamoDB's. Default:
   * `AWS_ENABLE_ENDPOINT_DISCOVERY`, the profile's `endpoint_discovery_enabled`, then false.
   */
  readonly endpointDiscoveryEnabled?: boolean | undefined;
  /** The profile of the shared configuration files. Default: `AWS_PROFILE`, then `default`. */
  readonly profile?: string | undefined;
  /** Retry mode. `adaptive` also limits the rate of requests to what the service takes. Default: `AWS_RETRY_MODE`, then `standard`. */
  readonly retryMode?: RetryMode | undefined;
  /** Maximum number of times that a call is sent. Default: `AWS_MAX_ATTEMPTS`, then 3. */
  readonly maxAttempts?: number | undefined;
  /** Time limit of a call in milliseconds, retries included, up to the last byte of its answer. Default: no limit. */
  readonly timeoutMs?: number | undefined;
  /** Time limit of each attempt in milliseconds, up to the last byte of its answer. Default: no limit. */
  readonly attemptTimeoutMs?: number | undefined;
  /** Time limit for opening a connection, in milliseconds. Only on Node, and not where `fetch` is given. Default: 10000. */
  readonly connectTimeoutMs?: number | undefined;
  /**
   * An `http.Agent` or `https.Agent` that makes the connections, for certificates of your own or a proxy of another kind.
   * The program closes it. Only on Node, and not where `fetch` is given. Default: agents that keep connections and go
   * through the proxies of `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, from Node 24.5 and 22.21 on.
   */
  readonly agent?: NodeAgent | undefined;
  /**
   * Maximum number of connections to a host; further requests wait for one. Only on Node, and not where `agent` or `fetch`
   * is given. Default: 50.
   */
  readonly maxSockets?: number | undefined;
  /** Function that sends the requests. Default: `node:http` on Node, the platform's `fetch` elsewhere. */
  readonly fetch?: typeof fetch | undefined;
  readonly hooks?: Hooks | undefined;
  /** Functions around every call, and around every attempt of one; the first is the outermost. Default: none. */
  readonly use?: readonly Middleware[] | undefined;
  /** Name of the program, sent to services in the user agent. Default: `AWS_SDK_UA_APP_ID`. */
  readonly appId?: string | undefined;
  /** Clock and random numbers, for tests. */
  readonly clock?: Partial<Clock> | undefined;
}

/** How calls are retried: with a budget that all calls share, or also at the rate that the service takes. */
export type RetryMode = 'standard' | 'adaptive';
