import { listAssignedAccounts } from '../access/assigned-accounts.ts';
import { describeForAws, renderAwsConfig } from '../aws-config/aws-config.ts';
import type { Config } from '../config/config.ts';
import type { FirstStart } from './first-start.ts';

/** What the first start prints, once, as it has the passwords. What is to be copied is not indented. */
export function renderBanner(values: {
  readonly config: Config;
  readonly instanceId: string;
  readonly firstStart: FirstStart;
  /** The configuration file, as a person would name it. */
  readonly file: string;
  /** What puts the block into `~/.aws/config`; absent where no command would find this address. */
  readonly writeCommand?: string;
}): string {
  const { config, instanceId, firstStart, file, writeCommand } = values;
  const awsConfig = describeForAws({ instanceId, config }, listAssignedAccounts(config.directory));
  const profiles = awsConfig.profiles.slice(0, 1);
  const profile = profiles[0]?.name;
  return `
Latchkey is ready: ${config.baseUrl}

This is the first start, so there is an example to try, in ${file}. Sign in as

${firstStart.users.map(({ userName, password }) => `  ${userName.padEnd(8)}${password}`).join('\n')}

The passwords are shown this once; \`latchkey user passwd alice\` sets another.

${renderAdvice(writeCommand)}

${renderAwsConfig({ ...awsConfig, profiles })}
Then sign in, and see who you are:

aws sso login --profile ${profile}
aws sts get-caller-identity --profile ${profile}

Typed clients, to import by URL: ${config.baseUrl}/v0.4/services

Ctrl-C stops the server.
`;
}

/** The AWS CLI reads no file in which a section comes twice. */
function renderAdvice(writeCommand: string | undefined): string {
  const paste = 'For the AWS CLI, put this into ~/.aws/config.';
  return writeCommand === undefined
    ? `${paste} If such lines are there already, from BEGIN to END, replace them: no
section may come twice.`
    : `${paste} Or let a command do it, for every role; it also replaces
such lines that are there already, as no section may come twice: ${writeCommand}`;
}
