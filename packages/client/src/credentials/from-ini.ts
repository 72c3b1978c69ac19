import { ClientError } from '../client-error.ts';
import { missingProfile, type NamedProfile, readable } from '../config-files/shared-config.ts';
import type { CredentialProvider, Credentials } from './credentials.ts';
import { fromEnvironment } from './from-environment.ts';
import type { ProfileOptions } from './provider-options.ts';
import type { MfaCode } from './role-session.ts';
import { signsIn } from './sso-settings.ts';
import { staticKeys } from './static-keys.ts';
import { readSurroundings, type Surroundings } from './surroundings.ts';

/** Options of `fromIni`. */
export interface IniOptions extends ProfileOptions {
  /** Asks the person for an MFA code, for roles that need one. Default: such a role is refused. */
  readonly mfaCode?: MfaCode | undefined;
}

/**
 * Gets credentials the way a profile says: by assuming a role, by an SSO sign-in, from its own keys, or from the output
 * of a process.
 */
export function fromIni(options: IniOptions = {}): CredentialProvider {
  return async (context) => {
    const surroundings = await readSurroundings(options, context);
    return await resolve(surroundings.chosen, [], { ...surroundings, options });
  };
}

interface Resolution extends Surroundings {
  readonly options: IniOptions;
}

/** @param visited profiles that led here by `source_profile` */
async function resolve(
  profile: NamedProfile,
  visited: readonly string[],
  resolution: Resolution,
): Promise<Credentials> {
  const { name, values } = readable(profile);
  const keys = staticKeys(profile);
  // Comes before the check for cycles: a profile may assume its role with its own keys.
  if (visited.length > 0 && keys !== undefined) return keys;
  if (visited.includes(name)) {
    throw unusable(name, `its source_profile leads back to it: ${[...visited, name].join(' -> ')}`);
  }
  if (values.has('role_arn')) return await resolveRole(profile, visited, resolution);
  if (signsIn(profile)) return await (await import('./from-sso.ts')).ssoCredentials(profile, resolution);
  if (keys !== undefined) return keys;
  if (values.has('credential_process')) {
    return await (await import('./from-process.ts')).processCredentials(
      profile,
      resolution.options.env,
      resolution.context,
    );
  }
  if (values.has('login_session')) {
    const instead = `credential_process = aws configure export-credentials --profile ${name} --format process`;
    throw unusable(name, `only the AWS CLI can use its login_session; use a profile with ${instead}`);
  }
  if (visited.length > 0) throw unusable(name, 'it is a source_profile, but has no credentials');
  const { config } = resolution;
  throw new ClientError(
    'noCredentials',
    config.profiles.has(name)
      ? `profile "${name}" in ${config.files} has no credentials`
      : missingProfile(name, config),
  );
}

async function resolveRole(
  profile: NamedProfile,
  visited: readonly string[],
  resolution: Resolution,
): Promise<Credentials> {
  const { name, values } = profile;
  const tokenFile = values.get('web_identity_token_file');
  const sourceProfile = values.get('source_profile');
  const credentialSource = values.get('credential_source');
  if ([tokenFile, sourceProfile, credentialSource].filter((source) => source !== undefined).length !== 1) {
    throw unusable(
      name,
      'its role_arn needs one of source_profile, credential_source and web_identity_token_file',
    );
  }
  if (tokenFile !== undefined) {
    const { webIdentityCredentials } = await import('./from-web-identity.ts');
    const role = {
      tokenFile,
      roleArn: values.get('role_arn') ?? '',
      sessionName: values.get('role_session_name'),
    };
    return await webIdentityCredentials(role, profile, resolution);
  }
  const source =
    sourceProfile === undefined
      ? await fromSource(name, credentialSource, resolution)
      : await resolve(sourceProfileOf(name, sourceProfile, resolution), [...visited, name], resolution);
  const { roleSession } = await import('./role-session.ts');
  return await roleSession(profile, source, resolution, resolution.options.mfaCode);
}

function sourceProfileOf(name: string, source: string, { config }: Resolution): NamedProfile {
  const profile = config.profiles.get(source);
  if (profile === undefined) throw unusable(name, `its source_profile "${source}" is not in ${config.files}`);
  return { ...profile, name: source };
}

async function fromSource(
  name: string,
  source: string | undefined,
  { options, context }: Resolution,
): Promise<Credentials> {
  switch (source) {
    case 'Environment':
      return await fromEnvironment(options)(context);
    case 'EcsContainer':
      return await (await import('./from-container.ts')).fromContainer(options)(context);
    case 'Ec2InstanceMetadata':
      return await (await import('./from-instance-metadata.ts')).fromInstanceMetadata(options)(context);
    default:
      throw unusable(
        name,
        `its credential_source is "${source}", expected Environment, EcsContainer or Ec2InstanceMetadata`,
      );
  }
}

function unusable(name: string, problem: string): ClientError {
  return new ClientError('badConfiguration', `Cannot use profile "${name}": ${problem}`);
}
