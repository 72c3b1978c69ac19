import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AwsConfig, renderAwsConfig, renderAwsEnvironment } from '../access/aws-config.ts';
import type { DirectoryConfig } from '../people/directory.ts';

/** A home folder for AWS clients, with nothing in it that is not of this instance. */
export interface AwsHome {
  /** Path of `~/.aws/config`. */
  readonly configFile: string;
  /** For child processes, to be laid over their environment. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Writes `.aws/config` under `home`, with a profile for each account and role that anyone is assigned: the first is
 * called `latchkey`, and each also `<account name>-<permission set>`.
 */
export function writeAwsHome(
  home: string,
  config: Omit<AwsConfig, 'profiles'>,
  directory: DirectoryConfig,
): AwsHome {
  const profiles = directory.assignments.flatMap(({ accounts, permissionSets }) =>
    accounts.flatMap((accountId) =>
      permissionSets.map((roleName) => {
        const name = directory.accounts.find(({ id }) => id === accountId)?.name ?? accountId;
        return { name: `${name}-${roleName}`.replace(/\s+/g, '-'), accountId, roleName };
      }),
    ),
  );
  const unique = [...new Map(profiles.map((profile) => [profile.name, profile])).values()];
  const named = [...unique.slice(0, 1).map((first) => ({ ...first, name: 'latchkey' })), ...unique];
  const folder = join(home, '.aws');
  const configFile = join(folder, 'config');
  const credentialsFile = join(folder, 'credentials');
  mkdirSync(folder, { recursive: true });
  writeFileSync(configFile, renderAwsConfig({ ...config, profiles: named }));
  writeFileSync(credentialsFile, '');
  const env = {
    HOME: home,
    USERPROFILE: home,
    AWS_CONFIG_FILE: configFile,
    AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
    AWS_REGION: config.region,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...renderAwsEnvironment(config),
  };
  return { configFile, env };
}
