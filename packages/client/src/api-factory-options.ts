import type { Hooks } from './call/hooks.ts';
import type { Clock } from './clock.ts';
import type { CredentialProviderOption, CredentialsOption } from './credentials/accepted-forms.ts';

/** How the clients of an `ApiFactory` behave. What is left out comes from the environment, then from the profile. */
export interface ApiFactoryOptions {
  /** E.g. `eu-central-1`. Default: `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's, the credentials'. */
  readonly region?: string | undefined;
  /** Signs with these; `anonymous` signs nothing. */
  readonly credentials?: CredentialsOption | 'anonymous' | undefined;
  /** Gives the credentials, and is asked again before they expire. Default: the chain that every AWS tool follows. */
  readonly credentialProvider?: CredentialProviderOption | undefined;
  /** Authorizes calls of services that take bearer tokens. Default: `AWS_BEARER_TOKEN_<SIGNING NAME>`, e.g. `AWS_BEARER_TOKEN_BEDROCK`. */
  readonly bearerToken?: string | (() => string | Promise<string>) | undefined;
  /** Sends every request here. Default: `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's, then the service's own. */
  readonly fixedEndpoint?: string | URL | undefined;
  /** Leaves out what some operations put before the host. It is never put before an address or `localhost`. Default: false. */
  readonly disableHostPrefix?: boolean | undefined;
  /** Default: `AWS_USE_DUALSTACK_ENDPOINT`. */
  readonly useDualstackEndpoint?: boolean | undefined;
  /** Default: `AWS_USE_FIPS_ENDPOINT`. */
  readonly useFipsEndpoint?: boolean | undefined;
  /** What the endpoint rules of a service take besides, with a small first letter, e.g. `{ forcePathStyle: true }`. */
  readonly endpointSettings?: Readonly<Record<string, string | boolean>> | undefined;
  /** The profile of the shared configuration files. Default: `AWS_PROFILE`, then `default`. */
  readonly profile?: string | undefined;
  /** `adaptive` also holds back requests to a rate that the service takes. Default: `AWS_RETRY_MODE`, then `standard`. */
  readonly retryMode?: RetryMode | undefined;
  /** How often a call is sent at most. Default: `AWS_MAX_ATTEMPTS`, then 3. */
  readonly maxAttempts?: number | undefined;
  /** How long a call may take, retries included, until its answer is there, in milliseconds. Default: no limit. */
  readonly timeoutMs?: number | undefined;
  /** How long each attempt may take, in milliseconds. Default: no limit. */
  readonly attemptTimeoutMs?: number | undefined;
  /** How long a connection may take to be made, in milliseconds; on Node, unless `fetch` is given. Default: 10000. */
  readonly connectTimeoutMs?: number | undefined;
  /** Sends the requests. Default: `node:http` on Node, the platform's `fetch` elsewhere. */
  readonly fetch?: typeof fetch | undefined;
  readonly hooks?: Hooks | undefined;
  /** Names the program to the services. Default: `AWS_SDK_UA_APP_ID`. */
  readonly appId?: string | undefined;
  /** Time and chance, for tests. */
  readonly clock?: Partial<Clock> | undefined;
}

export type RetryMode = 'standard' | 'adaptive';
