import { ClientError } from '../client-error.ts';
import type { NamedProfile } from '../config-files/shared-config.ts';
import type { Variables } from '../config-files/variables.ts';
import { explainDenial } from '../platform/deno-permission.ts';
import { runCommand } from '../platform/run-command.ts';
import type { CredentialProvider, Credentials } from './credentials.ts';
import { parseKeys, parseObject } from './parse-keys.ts';
import type { ProfileOptions } from './provider-options.ts';
import { readSurroundings } from './surroundings.ts';

/** Time limit of the process: enough for a person to unlock a key, but short enough that a program does not seem to hang. */
const timeoutMs = 60_000;

/** Gets credentials from the output of the profile's `credential_process`, a shell command. */
export function fromProcess(options: ProfileOptions = {}): CredentialProvider {
  return async (context) => {
    const { chosen } = await readSurroundings(options, context);
    if (chosen.values.has('credential_process')) return await processCredentials(chosen, options.env);
    throw new ClientError('noCredentials', `profile "${chosen.name}" has no credential_process`);
  };
}

export async function processCredentials(
  { name, values }: NamedProfile,
  env: Variables | undefined,
): Promise<Credentials> {
  const what = `the credential_process of profile "${name}"`;
  const fail = (problem: string) => new ClientError('credentialsFailed', `Cannot use ${what}: ${problem}`);
  const { stdout, stderr, failure } = await runCommand(
    values.get('credential_process') ?? '',
    timeoutMs,
    env,
  ).catch((error: unknown) => {
    throw explainDenial(error, `run ${what}`, '--allow-run --allow-env');
  });
  if (failure !== undefined) throw fail([failure, stderr.trim()].filter(Boolean).join(': '));
  const printed = parseObject(stdout);
  if (printed['Version'] !== 1) throw fail('it must print a JSON object with "Version": 1');
  const credentials = parseKeys(printed, 'SessionToken');
  if (credentials === undefined) throw fail('it printed no AccessKeyId and SecretAccessKey');
  return credentials;
}
