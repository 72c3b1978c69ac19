import { settingsOf } from '../config-files/settings.ts';
import type { CredentialProvider } from './credentials.ts';
import { fromIni, type IniOptions } from './from-ini.ts';
import { readSurroundings } from './surroundings.ts';

/** Gets the credentials of a profile as `fromIni` does, with the profile's region for a client that has none. */
export function fromProfileWithRegion(options: IniOptions): CredentialProvider {
  const provider = fromIni(options);
  return async (context) => {
    const credentials = await provider(context);
    if (credentials.region !== undefined || context?.region !== undefined) return credentials;
    const { chosen, config, env } = await readSurroundings(options, context);
    const { region } = settingsOf(env, config, [chosen]);
    return { ...credentials, ...(region && { region }) };
  };
}
