import assert from 'node:assert/strict';
import path from 'node:path';
import type { Latchkey } from 'latchkey/testing';
import { awsCli, type Client } from './clients.ts';
import { type Finished, RunningProgram, type RunOptions, run } from './program.ts';
import { copyAwsFolder } from './sso-cache.ts';

export type Environment = NonNullable<RunOptions['env']>;

/** Far beyond what any command takes: it only keeps one that hangs from hanging the tests. */
/** Ends a command that hangs; a slow machine needs far less. */
const timeout = 10 * 60_000;

/** The environment of a person who uses this instance, on a machine that knows no other. */
export function environmentOf(latchkey: Latchkey): Environment & { readonly HOME: string } {
  const { HOME = '', ...env } = latchkey.env;
  return { PATH: process.env['PATH'], AWS_PROFILE: 'latchkey', ...env, HOME };
}

/** The same, on a machine that has the AWS CLI on its PATH: some clients call it. */
export function environmentWithAws(latchkey: Latchkey): ReturnType<typeof environmentOf> {
  const env = environmentOf(latchkey);
  return { ...env, PATH: [path.dirname(awsCli.command[0]), env['PATH']].join(path.delimiter) };
}

/** The same, where no variable names an endpoint. */
export function withoutEndpoints<Variables extends Environment>(env: Variables): Variables {
  const others = Object.entries(env).filter(([name]) => !name.startsWith('AWS_ENDPOINT_URL'));
  return Object.fromEntries(others) as Variables;
}

/** Runs a client as that person. */
export function runClient(client: Client, env: Environment, ...args: readonly string[]): Promise<Finished> {
  return run([...client.command, ...args], { env, timeout });
}

/** Starts a client as that person. */
export function startClient(client: Client, env: Environment, ...args: readonly string[]): RunningProgram {
  return new RunningProgram([...client.command, ...args], { env, timeout });
}

/** Starts a client without a terminal: one that writes to `/dev/tty` prints instead. */
export function startWithoutTerminal(
  client: Client,
  env: Environment,
  ...args: readonly string[]
): RunningProgram {
  return new RunningProgram([...client.command, ...args], { env, timeout, detached: true });
}

export function aws(env: Environment, ...args: readonly string[]): Promise<Finished> {
  return runClient(awsCli, env, ...args);
}

export function startAws(env: Environment, ...args: readonly string[]): RunningProgram {
  return startClient(awsCli, env, ...args);
}

/** Runs an AWS CLI command that must succeed, and reads the JSON it prints. */
export async function awsJson<Output>(env: Environment, ...args: readonly string[]): Promise<Output> {
  const { exitCode, stdout, stderr } = await aws(env, ...args, '--output', 'json');
  assert.equal(exitCode, 0, stderr);
  return JSON.parse(stdout);
}

/** `aws sso login` as a person without a screen on that machine would type it. */
export function signInCommand(...options: readonly string[]): readonly string[] {
  return ['sso', 'login', '--no-browser', ...options];
}

/** Waits for a client to show a user code. */
export async function userCodeShownBy(login: RunningProgram): Promise<string> {
  const [userCode] = await login.prints(/\b[A-Z0-9]{4}-[A-Z0-9]{4}\b/);
  return userCode;
}

/** Waits for the CLI to show the page to open in a browser. */
export async function urlShownBy(login: RunningProgram): Promise<string> {
  const [, url = ''] = await login.prints(/(http\S+\/authorize\?\S+)\s/);
  return url;
}

/** Signs alice in with `aws sso login`, approving the code that it shows. */
export async function signIn(latchkey: Latchkey, profile = 'latchkey'): Promise<void> {
  const command = signInCommand('--use-device-code', '--profile', profile);
  await using login = startAws(environmentOf(latchkey), ...command);
  await latchkey.approve(await userCodeShownBy(login), 'alice');
  const { exitCode, stderr } = await login.finished;
  assert.equal(exitCode, 0, stderr);
}

/** Signs alice out on another machine that shares her session. */
export async function signOutElsewhere(env: Environment & { readonly HOME: string }): Promise<void> {
  const elsewhere = { ...env, HOME: await copyAwsFolder(env.HOME, 'elsewhere') };
  const { exitCode, stderr } = await aws(elsewhere, 'sso', 'logout');
  assert.equal(exitCode, 0, stderr);
}
