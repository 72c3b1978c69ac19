import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountWithRoles } from '../access/assigned-accounts.ts';
import { describeForAws, renderAwsConfig, renderAwsEnvironment } from '../aws-config/aws-config.ts';
import type { Context } from '../context.ts';

/** A home folder for AWS clients, whose configuration has this instance only. */
export interface AwsHome {
  /** Path of `~/.aws/config`. */
  readonly configFile: string;
  /** Environment variables for child processes, to be added to theirs. */
  readonly env: Readonly<Record<string, string>>;
}

/** Writes `.aws/config` under `home`. */
export function writeAwsHome(home: string, context: Context, accounts: readonly AccountWithRoles[]): AwsHome {
  const folder = join(home, '.aws');
  const configFile = join(folder, 'config');
  const credentialsFile = join(folder, 'credentials');
  mkdirSync(folder, { recursive: true });
  writeFileSync(configFile, testAwsConfig(context, accounts));
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

/** The names are short and always the same, as a test has the file to itself. */
const names = { session: 'latchkey', services: 'latchkey', profileSuffix: '' };

/** A profile for each account and role that anyone is assigned; the first is called `latchkey`, too. */
export function testAwsConfig(context: Context, accounts: readonly AccountWithRoles[]): string {
  const awsConfig = describeForAws(context, accounts, names);
  const first = awsConfig.profiles.slice(0, 1).map((profile) => ({ ...profile, name: 'latchkey' }));
  return renderAwsConfig({ ...awsConfig, profiles: [...first, ...awsConfig.profiles] });
}

/** The endpoints of the services, and a switch that keeps AWS clients from asking for the role of the machine (EC2). */
export function testAwsEnvironment({ config }: Context): Readonly<Record<string, string>> {
  return {
    AWS_REGION: config.instance.region,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...renderAwsEnvironment(config),
  };
}
