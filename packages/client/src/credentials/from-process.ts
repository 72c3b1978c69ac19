import { ClientError } from '../client-error.ts';
import type { NamedProfile } from '../config-files/shared-config.ts';
import type { Variables } from '../config-files/variables.ts';
import { explainDenial } from '../platform/deno-permission.ts';
import type { CredentialProvider, Credentials } from './credentials.ts';
import { parseKeys } from './parse-keys.ts';
import type { ProfileOptions } from './provider-options.ts';
import { readSurroundings } from './surroundings.ts';

/** As long as a person may take to unlock a key, and not so long that a program seems to hang. */
const timeout = 60_000;

/** Runs the profile's `credential_process`, a line for the shell, and takes what it prints. */
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
  const fail = (problem: string, cause?: unknown) =>
    new ClientError(
      'credentialsFailed',
      `Cannot use the credential_process of profile "${name}": ${problem}`,
      {
        cause,
      },
    );
  const output = await run(values.get('credential_process') ?? '', env).catch((error: unknown) => {
    throw error instanceof ClientError
      ? error
      : fail(error instanceof Error ? error.message : String(error), error);
  });
  const printed = parseJson(output);
  if (printed?.['Version'] !== 1) throw fail('it must print a JSON object with "Version": 1');
  const credentials = parseKeys(printed, 'SessionToken');
  if (credentials === undefined) throw fail('it printed no AccessKeyId and SecretAccessKey');
  return credentials;
}

/** @returns what the command printed */
function run(command: string, env: Variables | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, stdout: string, stderr: string) => {
      if (error === null) return resolve(stdout);
      const { code, killed } = error as Error & { code?: unknown; killed?: boolean };
      const what = killed ? `it did not end within ${timeout / 1000} s` : `it ended with exit code ${code}`;
      reject(new Error(stderr.trim() === '' ? what : `${what}: ${stderr.trim()}`));
    };
    try {
      const options = {
        timeout,
        windowsHide: true,
        encoding: 'utf8',
        ...(env && { env: { ...env } }),
      } as const;
      process.getBuiltinModule('node:child_process').exec(command, options, done);
    } catch (error) {
      reject(explainDenial(error, `run "${command}"`, '--allow-run'));
    }
  });
}

function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
