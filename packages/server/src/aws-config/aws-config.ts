import type { AccountWithRoles } from '../access/assigned-accounts.ts';
import type { Context } from '../context.ts';
import { issuerUrl } from '../grants/start-url.ts';
import { beginMarker, endMarker } from './markers.ts';
import { type AwsProfile, nameProfiles } from './profile-names.ts';
import { defaultSectionNames, type SectionNames } from './section-names.ts';

/** What an AWS client needs to know of an instance. */
export interface AwsConfig {
  readonly instanceId: string;
  readonly region: string;
  /** The origin of the instance, e.g. `http://localhost:8484`. */
  readonly baseUrl: string;
  /** Name of the `sso-session` section. */
  readonly sessionName: string;
  /** Name of the `services` section. */
  readonly servicesName: string;
  readonly profiles: readonly AwsProfile[];
}

/** What AWS clients need to know of an instance, with a profile for every role in these accounts. */
export function describeForAws(
  { instanceId, config: { baseUrl, instance } }: Pick<Context, 'instanceId' | 'config'>,
  accounts: readonly AccountWithRoles[],
  names: SectionNames = defaultSectionNames(baseUrl),
): AwsConfig {
  return {
    instanceId,
    region: instance.region,
    baseUrl,
    sessionName: names.session,
    servicesName: names.services,
    profiles: nameProfiles(accounts, names.profileSuffix),
  };
}

/**
 * The start URL to give to AWS clients. The AWS CLI takes an https URL of ours (it asks where it leads); over plain
 * http it must be on a host of AWS, which the CLI then never contacts.
 */
export function renderStartUrl({ instanceId, baseUrl }: Pick<AwsConfig, 'instanceId' | 'baseUrl'>): string {
  return baseUrl.startsWith('https://') ? `${baseUrl}/start` : issuerUrl({ instanceId });
}

/**
 * The block for `~/.aws/config`: the SSO session, the profiles, and the endpoints they share, between the markers by
 * which `latchkey aws-config --write` finds it again. ASCII, with `\n` at the end of each line.
 */
export function renderAwsConfig(config: AwsConfig): string {
  const profiles = config.profiles.map((profile) => renderProfile(config, profile));
  return [renderBeginning(config), ...profiles, renderEnd(config)].join('');
}

/** Renders the block a piece at a time, for more accounts than are held in memory. */
export async function* renderAwsConfigByAccount(
  context: Pick<Context, 'instanceId' | 'config'>,
  accounts: AsyncIterable<AccountWithRoles>,
): AsyncGenerator<string> {
  const instance = describeForAws(context, []);
  yield renderBeginning(instance);
  for await (const account of accounts) {
    const { profiles } = describeForAws(context, [account]);
    yield profiles.map((profile) => renderProfile(instance, profile)).join('');
  }
  yield renderEnd(instance);
}

type Instance = Omit<AwsConfig, 'profiles'>;

function renderBeginning(instance: Instance): string {
  const session = section(`sso-session ${instance.sessionName}`, [
    `sso_start_url = ${renderStartUrl(instance)}`,
    `sso_region = ${instance.region}`,
    'sso_registration_scopes = sso:account:access',
  ]);
  return `${beginMarker(instance)}\n${session}`;
}

function renderProfile(instance: Instance, { name, accountId, roleName }: AwsProfile): string {
  const profile = section(name === 'default' ? 'default' : `profile ${name}`, [
    `sso_session = ${instance.sessionName}`,
    `sso_account_id = ${accountId}`,
    `sso_role_name = ${roleName}`,
    `region = ${instance.region}`,
    `services = ${instance.servicesName}`,
  ]);
  return `\n${profile}`;
}

function renderEnd(instance: Instance): string {
  const services = section(
    `services ${instance.servicesName}`,
    ['sso_oidc', 'sso', 'sts'].flatMap((service) => [`${service} =`, `  endpoint_url = ${instance.baseUrl}`]),
  );
  return `\n${services}${endMarker(instance)}\n`;
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
