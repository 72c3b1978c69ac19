import { ClientError } from '../client-error.ts';
import { expandHome } from '../config-files/expand-home.ts';
import type { NamedProfile } from '../config-files/shared-config.ts';
import { environmentOf } from '../config-files/variables.ts';
import { environmentHint } from '../platform/environment.ts';
import { readTextFile } from '../platform/files.ts';
import type { CredentialProvider, Credentials } from './credentials.ts';
import type { ProviderOptions } from './provider-options.ts';
import { assumeRoleWithWebIdentity } from './services/assume-role.ts';
import { readSurroundings, type Surroundings, sessionName, stsCallerOf } from './surroundings.ts';

/** Assumes the role `AWS_ROLE_ARN` with an identity provider's token, read from `AWS_WEB_IDENTITY_TOKEN_FILE`. */
export function fromWebIdentity(options: ProviderOptions = {}): CredentialProvider {
  return async (context) => {
    const env = environmentOf(options.env, options.overrides);
    const tokenFile = env('AWS_WEB_IDENTITY_TOKEN_FILE');
    const roleArn = env('AWS_ROLE_ARN');
    if (tokenFile === undefined) {
      const hint = environmentHint('AWS_WEB_IDENTITY_TOKEN_FILE');
      throw new ClientError('noCredentials', `AWS_WEB_IDENTITY_TOKEN_FILE is not set${hint}`);
    }
    if (roleArn === undefined) {
      const problem = `Cannot use AWS_WEB_IDENTITY_TOKEN_FILE: AWS_ROLE_ARN is not set${environmentHint('AWS_ROLE_ARN')}`;
      throw new ClientError('badConfiguration', problem);
    }
    const surroundings = await readSurroundings(options, context);
    return await webIdentityCredentials({ tokenFile, roleArn }, surroundings.chosen, surroundings);
  };
}

/**
 * Reads the token file at every call: whoever writes it replaces the token before it expires.
 *
 * @internal
 */
export async function webIdentityCredentials(
  role: { readonly tokenFile: string; readonly roleArn: string; readonly sessionName?: string | undefined },
  profile: NamedProfile,
  surroundings: Surroundings,
): Promise<Credentials> {
  const path = expandHome(role.tokenFile, surroundings.env);
  const token = (await readTextFile(path))?.trim();
  if (!token) {
    const problem = `Cannot assume "${role.roleArn}": the web identity token file "${path}" is ${token === '' ? 'empty' : 'not there'}`;
    throw new ClientError('badConfiguration', problem);
  }
  return await assumeRoleWithWebIdentity(
    {
      RoleArn: role.roleArn,
      RoleSessionName: role.sessionName ?? sessionName(surroundings),
      WebIdentityToken: token,
    },
    stsCallerOf(profile, surroundings),
  );
}
