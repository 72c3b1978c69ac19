import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listAssignedAccounts } from '../access/assigned-accounts.ts';
import { renderAwsConfig, renderAwsEnvironment } from '../access/aws-config.ts';
import { nameProfiles } from '../access/aws-profiles.ts';
import type { Context } from '../context.ts';

/** A home folder for AWS clients, with nothing in it that is not of this instance. */
export interface AwsHome {
  /** Path of `~/.aws/config`. */
  readonly configFile: string;
  /** For child processes, to be laid over their environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** Writes `.aws/config` under `home`. */
export function writeAwsHome(home: string, context: Context): AwsHome {
  const folder = join(home, '.aws');
  const configFile = join(folder, 'config');
  const credentialsFile = join(folder, 'credentials');
  mkdirSync(folder, { recursive: true });
  writeFileSync(configFile, testAwsConfig(context));
  writeFileSync(credentialsFile, '');
  const env = {
    HOME: home,
    USERPROFILE: home,
    AWS_CONFIG_FILE: configFile,
    AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
    AWS_PROFILE: 'latchkey',
    ...testAwsEnvironment(context),
  };
  return { configFile, env };
}

/** A profile for each account and role that anyone is assigned; the first is called `latchkey`, too. */
export function testAwsConfig({ config, instanceId }: Context): string {
  const profiles = nameProfiles(listAssignedAccounts(config.directory));
  const first = profiles.slice(0, 1).map((profile) => ({ ...profile, name: 'latchkey' }));
  const { baseUrl, instance } = config;
  return renderAwsConfig({ instanceId, region: instance.region, baseUrl, profiles: [...first, ...profiles] });
}

/** Where the services are, and that a machine's own role is not to be asked for. */
export function testAwsEnvironment({ config }: Context): Readonly<Record<string, string>> {
  return {
    AWS_REGION: config.instance.region,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...renderAwsEnvironment(config),
  };
}
