import { ClientError } from '../client-error.ts';
import { missingProfile, type NamedProfile, readable } from '../config-files/shared-config.ts';
import type { CredentialProvider, Credentials } from './credentials.ts';
import type { ProfileOptions } from './provider-options.ts';
import { getRoleCredentials } from './services/get-role-credentials.ts';
import { isRefusal } from './services/service-call.ts';
import { signsIn, ssoSettings } from './sso-settings.ts';
import { type SignInRequired, ssoAccessToken } from './sso-token.ts';
import { tokenFile } from './sso-token-cache.ts';
import { callerOf, readSurroundings, type Surroundings } from './surroundings.ts';

/** Gets the credentials of the profile's role with the access token that `aws sso login` stored, and refreshes that token. */
export function fromSso(options: ProfileOptions = {}): CredentialProvider {
  return async (context) => {
    const surroundings = await readSurroundings(options, context);
    const { chosen, config } = surroundings;
    if (signsIn(readable(chosen))) return await ssoCredentials(chosen, surroundings);
    throw new ClientError(
      'noCredentials',
      config.profiles.has(chosen.name)
        ? `profile "${chosen.name}" has no sso_session`
        : missingProfile(chosen.name, config),
    );
  };
}

/** @internal */
export async function ssoCredentials(
  profile: NamedProfile,
  surroundings: Surroundings,
): Promise<Credentials> {
  const { accountId, roleName, startUrl, region, session } = ssoSettings(profile, surroundings.config);
  const command = `aws sso login --profile ${/\s/.test(profile.name) ? `"${profile.name}"` : profile.name}`;
  const signInRequired: SignInRequired = (why, cause) =>
    new ClientError('signInRequired', `Cannot use profile "${profile.name}": ${why}; run: ${command}`, {
      cause,
    });
  const caller = callerOf(region, profile, surroundings);
  const file = await tokenFile(session ?? startUrl, surroundings.env);
  const accessToken = await ssoAccessToken(file, signInRequired, caller);
  try {
    return await getRoleCredentials({ accountId, roleName, accessToken }, caller);
  } catch (error) {
    throw isRefusal(error, /^UnauthorizedException$/)
      ? signInRequired('the sign-in has ended', error)
      : error;
  }
}
