import type { AccountWithRoles } from '../access/assigned-accounts.ts';
import { describeForAws, renderAwsConfig } from '../aws-config/aws-config.ts';
import type { Config } from '../config/config.ts';
import type { FirstStart } from './first-start.ts';

/**
 * Renders the text that the first start prints. No later start prints it, because the passwords in it are not stored. Lines to
 * be copied are not indented.
 */
export function renderBanner(values: {
  readonly config: Config;
  readonly accounts: readonly AccountWithRoles[];
  readonly instanceId: string;
  readonly firstStart: FirstStart;
  /** The configuration file, as a person would name it. */
  readonly file: string;
  /** Start of a command line that runs `latchkey` with the same data folder, e.g. `npx latchkey`. */
  readonly latchkey: string;
  /** Whether `latchkey aws-config` finds the address of this server, so that it can write the block. */
  readonly isFoundByCommands: boolean;
}): string {
  const { config, accounts, instanceId, firstStart, file, latchkey, isFoundByCommands } = values;
  const awsConfig = describeForAws({ instanceId, config }, accounts);
  const profiles = awsConfig.profiles.slice(0, 1);
  const profile = profiles[0]?.name;
  return `
Latchkey is ready: ${config.baseUrl}

This is the first start, so there is an example to try, in ${file}. Sign in as

${firstStart.users.map(({ userName, password }) => `  ${userName.padEnd(8)}${password}`).join('\n')}

The passwords are shown this once; \`${latchkey} user passwd alice\` sets another.

${renderAdvice(isFoundByCommands ? `${latchkey} aws-config --write` : undefined)}

${renderAwsConfig({ ...awsConfig, profiles })}
Then sign in, and see who you are:

aws sso login --profile ${profile}
aws sts get-caller-identity --profile ${profile}

Typed clients, to import by URL: ${config.baseUrl}/v0.4/services

Ctrl-C stops the server.
`;
}

/**
 * Says how the block gets into `~/.aws/config`, also where an earlier block is there: the AWS CLI reads no file in which a
 * section comes twice.
 *
 * @param writeCommand command that writes the block; `undefined` where no command can
 */
function renderAdvice(writeCommand: string | undefined): string {
  const paste = 'For the AWS CLI, put this into ~/.aws/config.';
  return writeCommand === undefined
    ? `${paste} If such lines are there already, from BEGIN to END, replace them: no
section may come twice.`
    : `${paste} Or let a command do it, for every role; it also replaces
such lines that are there already, as no section may come twice: ${writeCommand}`;
}
