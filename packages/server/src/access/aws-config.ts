import { issuerUrl } from '../grants/start-url.ts';

/** What an AWS client needs to know of an instance. */
export interface AwsConfig {
  readonly instanceId: string;
  readonly region: string;
  /** The origin of the instance, e.g. `http://localhost:8484`. */
  readonly baseUrl: string;
  readonly profiles: readonly AwsProfile[];
}

/** A named account and role. */
export interface AwsProfile {
  readonly name: string;
  readonly accountId: string;
  readonly roleName: string;
}

/**
 * The start URL to give to AWS clients. The AWS CLI takes an https URL of ours (it asks where it leads); over plain
 * http it must be on a host of AWS, which the CLI then never contacts.
 */
export function renderStartUrl({ instanceId, baseUrl }: Pick<AwsConfig, 'instanceId' | 'baseUrl'>): string {
  return baseUrl.startsWith('https://') ? `${baseUrl}/start` : issuerUrl({ instanceId });
}

/** What to paste into `~/.aws/config`: the SSO session, the profiles, and the endpoints they share. */
export function renderAwsConfig(config: AwsConfig): string {
  const session = section('sso-session latchkey', [
    `sso_start_url = ${renderStartUrl(config)}`,
    `sso_region = ${config.region}`,
    'sso_registration_scopes = sso:account:access',
  ]);
  const profiles = config.profiles.map(({ name, accountId, roleName }) =>
    section(name === 'default' ? 'default' : `profile ${name}`, [
      'sso_session = latchkey',
      `sso_account_id = ${accountId}`,
      `sso_role_name = ${roleName}`,
      `region = ${config.region}`,
      'services = latchkey',
    ]),
  );
  const services = section(
    'services latchkey',
    ['sso_oidc', 'sso', 'sts'].flatMap((service) => [`${service} =`, `  endpoint_url = ${config.baseUrl}`]),
  );
  return [session, ...profiles, services].join('\n');
}

/** The endpoints as environment variables, for clients that ignore a profile's `services`. */
export function renderAwsEnvironment({ baseUrl }: Pick<AwsConfig, 'baseUrl'>): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_SSO_OIDC: baseUrl,
    AWS_ENDPOINT_URL_SSO: baseUrl,
    AWS_ENDPOINT_URL_STS: baseUrl,
  };
}

function section(title: string, lines: readonly string[]): string {
  return `[${title}]\n${lines.join('\n')}\n`;
}
