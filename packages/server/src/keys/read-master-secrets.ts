import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { MASTER_SECRET_BYTES, MasterSecret } from './master-secret.ts';

/** The environment variables that say where the master secrets are. One of them is set. */
export const MASTER_SECRET_VARIABLES = [
  'LATCHKEY_MASTER_SECRET',
  'LATCHKEY_MASTER_SECRET_FILE',
  'LATCHKEY_MASTER_SECRET_COMMAND',
] as const;

type Variable = (typeof MASTER_SECRET_VARIABLES)[number];

/** The longest time that a command may take to print the secrets. */
const COMMAND_TIMEOUT_MS = 30_000;
/** The most that is read of a file or of what a command prints: far more secrets than anybody needs. */
const MAX_BYTES = 16_384;
const HOW_TO_MAKE_ONE = '`openssl rand -base64 32` makes one';

/** No master secret, or none that can be used. The message has nothing of a secret. */
export class MasterSecretError extends Error {
  override readonly name = 'MasterSecretError';
}

/**
 * Reads the master secrets of an instance, from the environment, from a file, or from a command that prints them. There may be
 * several, one a line or with commas between them: the first seals, and the others open what they sealed before.
 *
 * A secret is 32 bytes, written as base64, base64url or 64 hex digits. A command is run without a shell: it is a JSON array of
 * its words, or words with spaces between them and no character that a shell reads in its own way.
 *
 * @param environment - such as `process.env`
 * @returns at least one
 * @throws {MasterSecretError}
 */
export async function readMasterSecrets(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly [MasterSecret, ...MasterSecret[]]> {
  const stated = MASTER_SECRET_VARIABLES.filter((name) => (environment[name] ?? '') !== '');
  const [variable, other] = stated;
  if (variable === undefined) {
    throw new MasterSecretError(
      `There is no master secret: set one of ${MASTER_SECRET_VARIABLES.join(', ')} (${HOW_TO_MAKE_ONE})`,
    );
  }
  if (other !== undefined) {
    throw new MasterSecretError(`${stated.join(' and ')} are set: set one of them, and unset the others`);
  }
  const value = environment[variable] ?? '';
  return parseMasterSecrets(variable, await readSource(variable, value));
}

async function readSource(variable: Variable, value: string): Promise<string> {
  switch (variable) {
    case 'LATCHKEY_MASTER_SECRET':
      return value;
    case 'LATCHKEY_MASTER_SECRET_FILE':
      return readSecretFile(variable, value);
    case 'LATCHKEY_MASTER_SECRET_COMMAND':
      return runSecretCommand(variable, parseCommand(variable, value));
  }
}

/** @throws {MasterSecretError} which names the variable, and the place of the faulty secret */
function parseMasterSecrets(variable: Variable, text: string): readonly [MasterSecret, ...MasterSecret[]] {
  const written = text.split(/[\s,]+/).filter((word) => word !== '');
  const secrets = written.map((word, index) => {
    const bytes = decodeSecret(word);
    if (bytes?.length === MASTER_SECRET_BYTES) return new MasterSecret(bytes);
    const found =
      bytes === undefined
        ? `${word.length} characters that are neither base64 nor hex`
        : `${bytes.length} bytes`;
    throw new MasterSecretError(
      `${variable}: secret ${index + 1} of ${written.length} is ${found}, and ${MASTER_SECRET_BYTES} bytes are wanted, in base64 or hex: ${HOW_TO_MAKE_ONE}`,
    );
  });
  const [first, ...others] = secrets;
  if (first === undefined) throw new MasterSecretError(`${variable} has no secret in it: ${HOW_TO_MAKE_ONE}`);
  const names = secrets.map(({ name }) => name);
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice !== -1) {
    throw new MasterSecretError(`${variable}: secret ${twice + 1} is the same as one before it`);
  }
  return [first, ...others];
}

function decodeSecret(word: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(word)) return Buffer.from(word, 'hex');
  const text = word.replace(/={1,2}$/, '');
  if (!/^[A-Za-z0-9+/]+$|^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  // Bits that are left over would be dropped in silence: one letter of the secret is wrong then.
  return bytes.toString('base64url') === text.replaceAll('+', '-').replaceAll('/', '_') ? bytes : undefined;
}

function readSecretFile(variable: Variable, file: string): string {
  try {
    const text = readFileSync(file, 'utf8');
    if (text.length <= MAX_BYTES) return text;
  } catch (error) {
    throw new MasterSecretError(`${variable}: cannot read ${file}: ${(error as NodeJS.ErrnoException).code}`);
  }
  throw new MasterSecretError(`${variable}: ${file} has more than ${MAX_BYTES} characters`);
}

/** @returns program and arguments */
function parseCommand(variable: Variable, value: string): readonly [string, ...string[]] {
  const words = value.trimStart().startsWith('[') ? parseWords(value) : value.split(/\s+/).filter(Boolean);
  const isPlain = value.trimStart().startsWith('[') || !/["'`\\$|&;<>(){}*?~#!]/.test(value);
  const [program, ...rest] = words ?? [];
  if (program !== undefined && isPlain) return [program, ...rest];
  throw new MasterSecretError(
    `${variable} is run without a shell, and has quotes or other characters that only a shell reads, or no program: write a JSON array of its words, such as ["cat", "/run/secrets/latchkey master"], or put the command into a script`,
  );
}

function parseWords(json: string): readonly string[] | undefined {
  try {
    const words: unknown = JSON.parse(json);
    const isText =
      Array.isArray(words) && words.every((word) => typeof word === 'string' && !word.includes('\0'));
    return isText ? words : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Runs a command for what it prints. Neither that nor what it says of an error is kept, as a secret may be in both.
 */
function runSecretCommand(
  variable: Variable,
  [program, ...words]: readonly [string, ...string[]],
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'ignore'], shell: false });
  const fail = (reason: string) => {
    clearTimeout(timer);
    child.stdout.destroy();
    child.kill('SIGKILL');
    const advice = `run it as the user of the server to see what it says`;
    reject(new MasterSecretError(`${variable}: the command ${program} ${reason}: ${advice}`));
  };
  const timer = setTimeout(
    () => fail(`did not end within ${COMMAND_TIMEOUT_MS / 1000} s`),
    COMMAND_TIMEOUT_MS,
  );
  const chunks: Buffer[] = [];
  let bytes = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_BYTES) fail(`printed more than ${MAX_BYTES} bytes`);
  });
  child.on('error', (error: NodeJS.ErrnoException) => fail(`cannot be run (${error.code})`));
  child.on('close', (code, signal) => {
    clearTimeout(timer);
    if (code === 0) resolve(Buffer.concat(chunks).toString());
    else fail(code === null ? `was ended by ${signal}` : `ended with the exit code ${code}`);
  });
  return promise;
}
