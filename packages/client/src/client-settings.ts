import type { ApiFactoryOptions, RetryMode } from './api-factory-options.ts';
import { ClientError } from './client-error.ts';
import type { Settings } from './config-files/settings.ts';

/** Settings of the clients of one service, resolved: from the options, else the environment, else the profile, else the default. */
export interface ClientSettings {
  readonly region: string | undefined;
  /** What to throw instead of `noRegion`: why the profile, which may say the region, cannot be read. */
  readonly fault?: ClientError | undefined;
  readonly endpointUrl: string | undefined;
  readonly useDualstackEndpoint: boolean | undefined;
  readonly useFipsEndpoint: boolean | undefined;
  readonly accountIdEndpointMode: string | undefined;
  /** Whether endpoints are discovered. Undefined: only where an operation cannot be called without. */
  readonly discoversEndpoints: boolean | undefined;
  readonly retryMode: RetryMode;
  readonly maxAttempts: number;
  readonly appId: string | undefined;
  /** A setting that only some services have, from environment or profile, e.g. `s3_use_arn_region`. */
  value(key: string, block?: string): string | undefined;
}

/** Resolves the settings of one service. @throws {ClientError} `badConfiguration` for a value that cannot be used */
export function clientSettings(
  options: ApiFactoryOptions,
  configured: Settings,
  serviceId: string,
): ClientSettings {
  const { fixedEndpoint } = options;
  const endpointUrl = fixedEndpoint === undefined ? configured.endpointUrl(serviceId) : String(fixedEndpoint);
  // A custom endpoint has no FIPS or dual-stack variant. Environment and profile may still ask for one, for other
  // services; a program that asks for both itself gets the error of the endpoint rules.
  const variant = (key: string) => (endpointUrl === undefined ? flag(configured, key) : undefined);
  return {
    region: regionSetting(options, configured),
    fault: configured.fault,
    endpointUrl,
    useDualstackEndpoint: options.useDualstackEndpoint ?? variant('use_dualstack_endpoint'),
    useFipsEndpoint: options.useFipsEndpoint ?? variant('use_fips_endpoint'),
    accountIdEndpointMode: configured.value('account_id_endpoint_mode'),
    discoversEndpoints: options.endpointDiscoveryEnabled ?? discoveryFlag(configured),
    retryMode: retryMode(options.retryMode ?? configured.value('retry_mode')),
    maxAttempts: maxAttempts(options.maxAttempts ?? configured.value('max_attempts')),
    appId: options.appId ?? configured.value('sdk_ua_app_id'),
    value: (key, block) => configured.value(key, block),
  };
}

/** The region from the options, else from environment or profile. @throws {ClientError} `badConfiguration` */
export function regionSetting(
  options: Pick<ApiFactoryOptions, 'region'>,
  configured: Pick<Settings, 'region'>,
): string | undefined {
  const region = options.region ?? configured.region;
  if (region === undefined || /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(region)) return region;
  throw bad('region', region, 'a name such as eu-central-1');
}

/** A boolean setting from environment or profile. @throws {ClientError} `badConfiguration` */
export function flag(configured: Pick<Settings, 'value'>, key: string): boolean | undefined {
  const text = configured.value(key)?.toLowerCase();
  if (text === undefined || text === 'true' || text === 'false') return text && text === 'true';
  throw bad(key, text, 'true or false');
}

function discoveryFlag(configured: Settings): boolean | undefined {
  const key = 'endpoint_discovery_enabled';
  if (configured.value(key)?.toLowerCase() === 'auto') return undefined;
  return flag(configured, 'enable_endpoint_discovery') ?? flag(configured, key);
}

function retryMode(text: string | undefined): RetryMode {
  // `legacy` is the retry mode of older SDKs. Many configuration files still name it; `standard` replaces it.
  if (text === undefined || text === 'legacy') return 'standard';
  if (text === 'standard' || text === 'adaptive') return text;
  throw bad('retry_mode', text, 'standard or adaptive');
}

function maxAttempts(text: string | number | undefined): number {
  const number = Number(text ?? 3);
  if (Number.isInteger(number) && number >= 1) return number;
  throw bad('max_attempts', String(text), 'a whole number from 1');
}

function bad(key: string, found: string, wanted: string): ClientError {
  return new ClientError(
    'badConfiguration',
    `Cannot use ${key}: found '${found}', expected ${wanted}; it comes from an option of ApiFactory, AWS_${key.toUpperCase()} or the profile`,
  );
}
