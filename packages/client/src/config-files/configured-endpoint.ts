import { ClientError } from '../client-error.ts';
import { firstSetting, readable, type Section, type SharedConfig } from './shared-config.ts';
import type { Environment } from './variables.ts';

/**
 * The configured endpoint URL of a service: `AWS_ENDPOINT_URL_<SERVICE>`, then `AWS_ENDPOINT_URL`, then the services
 * section that the profile names, then the profile's `endpoint_url`.
 *
 * @param serviceId e.g. `SSO OIDC`
 * @param profiles in order of precedence
 * @throws {ClientError} `badConfiguration` when a profile names a services section that is not there, or has a fault
 */
export function configuredEndpoint(
  serviceId: string,
  env: Environment,
  config: SharedConfig,
  profiles: readonly Section[],
): string | undefined {
  const setting = (key: string) => firstSetting(profiles, key);
  const ignored = env('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS') ?? setting('ignore_configured_endpoint_urls');
  if (ignored?.toLowerCase() === 'true') return undefined;
  const key = serviceId.toLowerCase().replaceAll(/[ -]/g, '_');
  return (
    env(`AWS_ENDPOINT_URL_${key.toUpperCase()}`) ??
    env('AWS_ENDPOINT_URL') ??
    servicesSection(config, setting('services'))?.nested.get(key)?.get('endpoint_url') ??
    setting('endpoint_url')
  );
}

function servicesSection(config: SharedConfig, name: string | undefined): Section | undefined {
  if (name === undefined) return undefined;
  const section = readable(config.services.get(name));
  if (section !== undefined) return section;
  throw new ClientError('badConfiguration', `Cannot use [services ${name}]: it is not in ${config.files}`);
}
