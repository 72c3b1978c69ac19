import { ClientError } from '../client-error.ts';
import type { Settings, SettingsOptions } from './settings.ts';
import { environmentOf } from './variables.ts';

export type { Settings } from './settings.ts';

/** Reads the settings where there are no files, and so no profiles. Workers may have environment variables. */
export async function loadSettings({ profile, env: variables }: SettingsOptions): Promise<Settings> {
  const env = environmentOf(variables);
  if (profile !== undefined) {
    throw new ClientError('badConfiguration', `Cannot use profile "${profile}": there are no files here`);
  }
  const value = (key: string) => env(`AWS_${key.toUpperCase()}`);
  return {
    region: value('region') ?? value('default_region'),
    endpointUrl(serviceId) {
      if (value('ignore_configured_endpoint_urls')?.toLowerCase() === 'true') return undefined;
      return value(`endpoint_url_${serviceId.replaceAll(/[ -]/g, '_')}`) ?? value('endpoint_url');
    },
    value,
  };
}
