import { ClientError } from '../client-error.ts';
import { parseIni } from '../config-files/ini.ts';
import { environment } from '../platform/environment.ts';
import type { Credentials } from './credentials.ts';
import { staticKeys } from './static-keys.ts';

/**
 * The access keys, and the region, of a profile in the text of a shared credentials file.
 *
 * @param profile default: `AWS_PROFILE`, then `default`
 * @throws {ClientError} `badConfiguration` for a text that cannot be read; `noCredentials` for a profile without keys
 */
export function keysInText(text: string, profile = environment('AWS_PROFILE') ?? 'default'): Credentials {
  const { sections, fault } = parseIni(text, 'filedata');
  const section =
    sections.find(({ heading }) => heading === `profile ${profile}`) ??
    sections.find(({ heading }) => heading === profile);
  const wrong = fault ?? section?.fault;
  if (wrong !== undefined) throw new ClientError('badConfiguration', `Cannot read ${wrong}`);
  const keys = section && staticKeys({ ...section, name: profile, keys: section.values });
  if (keys === undefined) {
    const found =
      section === undefined ? `there is no profile "${profile}"` : `profile "${profile}" has no keys`;
    throw new ClientError('noCredentials', `${found} in filedata`);
  }
  const region = section?.values.get('region');
  return { ...keys, ...(region && { region }) };
}
