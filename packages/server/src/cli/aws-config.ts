import { type Command, Option } from 'commander';
import { listAssignedAccounts } from '../access/assigned-accounts.ts';
import {
  type AwsProfile,
  renderAwsConfig,
  renderAwsEnvironment,
  renderStartUrl,
} from '../access/aws-config.ts';
import { nameProfiles } from '../access/aws-profiles.ts';
import { findInstanceId } from '../config/instance-id.ts';
import { loadConfig } from '../config/load-config.ts';
import { renderHint } from '../config/near-match.ts';
import type { AssignedAccount } from '../people/directory.ts';
import { CommandError } from './exit-code.ts';
import { configSources } from './sources.ts';

interface AwsConfigOptions {
  readonly profile: string;
  readonly account?: string;
  readonly role?: string;
  readonly all?: true;
  readonly env?: true;
  readonly json?: true;
}

/** Options that choose one profile. */
const CHOICE = ['profile', 'account', 'role'];

export function define(command: Command): void {
  command
    .description('Prints what to put into ~/.aws/config, so that AWS clients sign in here.')
    .option('--profile <name>', 'name of the profile', 'latchkey')
    .option('--account <id>', 'account of the profile, instead of the first that is assigned')
    .option('--role <name>', 'role of the profile, instead of the first that is assigned in the account')
    .addOption(
      new Option('--all', 'a profile for every account and role that is assigned to anyone').conflicts(
        CHOICE,
      ),
    )
    .addOption(
      new Option(
        '--env',
        'print the endpoints as shell commands instead, for clients that ignore them in the file',
      ).conflicts([...CHOICE, 'all', 'json']),
    )
    .option('--json', 'print everything as JSON')
    .addHelpText(
      'after',
      `
Examples:
  latchkey aws-config >> ~/.aws/config
  latchkey aws-config --profile dev --account 111122223333 --role ReadOnlyAccess
  latchkey aws-config --all
  eval "$(latchkey aws-config --env)"

Then: aws sso login --profile latchkey`,
    )
    .action(async (options: AwsConfigOptions) => {
      const { config } = await loadConfig(configSources(command));
      const instanceId = await findInstanceId(config);
      if (instanceId === undefined) {
        throw new CommandError('The instance has no id yet: run `latchkey serve` once, or set instance.id');
      }
      const accounts = listAssignedAccounts(config.directory);
      const profiles =
        options.all === undefined ? [chooseProfile(accounts, options)] : nameProfiles(accounts);
      const awsConfig = { instanceId, region: config.instance.region, baseUrl: config.baseUrl, profiles };
      const environment = renderAwsEnvironment(awsConfig);
      if (options.json) {
        const startUrl = renderStartUrl(awsConfig);
        console.log(
          JSON.stringify({ ...awsConfig, startUrl, environment, config: renderAwsConfig(awsConfig) }),
        );
      } else if (options.env) {
        for (const [name, value] of Object.entries(environment)) console.log(`export ${name}=${value}`);
      } else {
        process.stdout.write(renderAwsConfig(awsConfig));
      }
    });
}

/** The account and role asked for, else the first that is assigned. */
function chooseProfile(
  accounts: readonly AssignedAccount[],
  { profile, account: accountId, role: roleName }: AwsConfigOptions,
): AwsProfile {
  if (!/^[\w.@:+-]+$/.test(profile)) {
    throw new CommandError('The name of a profile consists of letters, digits and any of _.@:+-');
  }
  const account = accountId === undefined ? accounts[0] : accounts.find(({ id }) => id === accountId);
  if (account === undefined) {
    throw new CommandError(
      accountId === undefined
        ? 'No role is assigned to anyone yet: write assignments into the configuration'
        : `Nothing is assigned in an account "${accountId}"${renderHint(
            accountId,
            accounts.map(({ id }) => id),
          )}`,
    );
  }
  const roleNames = account.roles.map(({ name }) => name);
  const chosen = roleName === undefined ? roleNames[0] : roleNames.find((name) => name === roleName);
  if (chosen === undefined) {
    const hint = renderHint(roleName ?? '', roleNames);
    throw new CommandError(`No role "${roleName}" is assigned in account ${account.id}${hint}`);
  }
  return { name: profile, accountId: account.id, roleName: chosen };
}
