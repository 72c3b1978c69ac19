import { ClientError } from '../client-error.ts';
import { type NamedProfile, readable } from '../config-files/shared-config.ts';
import type { Variables } from '../config-files/variables.ts';
import { explainDenial } from '../platform/deno-permission.ts';
import { runCommand } from '../platform/run-command.ts';
import type { CredentialContext, CredentialProvider, Credentials } from './credentials.ts';
import { parseKeys, parseObject } from './parse-keys.ts';
import type { ProfileOptions } from './provider-options.ts';
import { readSurroundings } from './surroundings.ts';

/** Time limit of the process: enough for a person to unlock a key, but short enough that a program does not seem to hang. */
const timeoutMs = 60_000;

/** Gets credentials from the output of the profile's `credential_process`, a shell command. */
export function fromProcess(options: ProfileOptions = {}): CredentialProvider {
  return async (context) => {
    const { chosen } = await readSurroundings(options, context);
    if (readable(chosen).values.has('credential_process'))
      return await processCredentials(chosen, options.env, context);
    throw new ClientError('noCredentials', `profile "${chosen.name}" has no credential_process`);
  };
}

/** @internal */
export async function processCredentials(
  { name, values }: NamedProfile,
  env: Variables | undefined,
  context: CredentialContext | undefined,
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
  const { Version: version, Expiration: expires } = printed;
  if (version !== 1) {
    const found = version === undefined ? '' : `; found ${JSON.stringify(version)}`;
    throw fail(`it must print a JSON object with "Version": 1${found}`);
  }
  const missing = ['AccessKeyId', 'SecretAccessKey'].filter(
    (key) => typeof printed[key] !== 'string' || printed[key] === '',
  );
  const credentials = parseKeys(printed, 'SessionToken');
  if (credentials === undefined || missing.length > 0) throw fail(`it printed no ${missing.join(' and ')}`);
  const accountId = credentials.accountId || values.get('aws_account_id');
  const expiresAtMs = credentials.expiration?.getTime();
  if (expires !== undefined && expires !== null) {
    if (expiresAtMs === undefined || Number.isNaN(expiresAtMs)) {
      throw fail(
        `it printed "Expiration": ${JSON.stringify(expires)}, expected a time such as "2030-01-01T00:00:00Z"`,
      );
    }
    if (expiresAtMs <= (context?.now ?? Date.now)()) {
      throw fail(`it printed credentials that expired at ${credentials.expiration?.toISOString()}`);
    }
  }
  return { ...credentials, ...(accountId && { accountId }) };
}
