import { ClientError } from '../client-error.ts';
import { type NamedProfile, readable, type SharedConfig } from '../config-files/shared-config.ts';

/** SSO settings of a profile. */
export interface SsoSettings {
  readonly profile: NamedProfile;
  readonly accountId: string;
  readonly roleName: string;
  readonly startUrl: string;
  /** Region of IAM Identity Center (`sso_region`). */
  readonly region: string;
  /** Name of the sso-session section. Undefined for profiles of the older form, which hold the settings themselves. */
  readonly session: string | undefined;
}

const keys = ['sso_session', 'sso_account_id', 'sso_role_name', 'sso_start_url', 'sso_region'] as const;

export function signsIn({ values }: NamedProfile): boolean {
  return keys.some((key) => values.has(key));
}

/** @throws {ClientError} `badConfiguration` when something is missing */
export function ssoSettings(profile: NamedProfile, config: SharedConfig): SsoSettings {
  const fail = (problem: string): never => {
    throw new ClientError('badConfiguration', `Cannot sign in with profile "${profile.name}": ${problem}`);
  };
  const session = profile.values.get('sso_session');
  const section = session === undefined ? profile : readable(config.ssoSessions.get(session));
  if (section === undefined) return fail(`[sso-session ${session}] is not in ${config.files}`);
  const required = (key: (typeof keys)[number], { values }: Pick<NamedProfile, 'values'>, where: string) =>
    values.get(key) || fail(`${key} is missing in ${where}`);
  const inProfile = `profile "${profile.name}"`;
  const inSection = session === undefined ? inProfile : `[sso-session ${session}]`;
  for (const key of ['sso_start_url', 'sso_region'] as const) {
    const own = profile.values.get(key);
    if (own !== undefined && own !== section.values.get(key)) {
      fail(`${key} is "${own}" in the profile but "${section.values.get(key) ?? ''}" in ${inSection}`);
    }
  }
  return {
    profile,
    accountId: required('sso_account_id', profile, inProfile),
    roleName: required('sso_role_name', profile, inProfile),
    startUrl: required('sso_start_url', section, inSection),
    region: required('sso_region', section, inSection),
    session,
  };
}
