import { listAssignedAccounts } from '../access/assigned-accounts.ts';
import { renderAwsConfig } from '../access/aws-config.ts';
import { nameProfiles } from '../access/aws-profiles.ts';
import type { Config } from '../config/config.ts';
import type { FirstStart } from './first-start.ts';

/** What the first start prints, once, as it has the passwords. What is to be copied is not indented. */
export function renderBanner(values: {
  readonly config: Config;
  readonly instanceId: string;
  readonly firstStart: FirstStart;
  /** The configuration file, as a person would name it. */
  readonly file: string;
}): string {
  const { config, instanceId, firstStart, file } = values;
  const [first] = nameProfiles(listAssignedAccounts(config.directory));
  const awsConfig = renderAwsConfig({
    instanceId,
    region: config.instance.region,
    baseUrl: config.baseUrl,
    profiles: first === undefined ? [] : [{ ...first, name: 'latchkey' }],
  });
  return `
Latchkey is ready: ${config.baseUrl}

This is the first start, so there is an example to try, in ${file}. Sign in as

${firstStart.users.map(({ userName, password }) => `  ${userName.padEnd(8)}${password}`).join('\n')}

The passwords are shown this once; \`latchkey user passwd alice\` sets another.

For the AWS CLI, put this into ~/.aws/config:

${awsConfig}
Then sign in, and see who you are:

aws sso login --profile latchkey
aws sts get-caller-identity --profile latchkey

Typed clients, to import by URL: ${config.baseUrl}/v0.4/services

Ctrl-C stops the server.
`;
}
