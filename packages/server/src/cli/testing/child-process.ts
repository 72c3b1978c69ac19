import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { buffer, text } from 'node:stream/consumers';
import { after } from 'node:test';

const main = path.join(import.meta.dirname, '../main.js');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An empty folder for one test file, removed after it. */
export function makeFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'latchkey-cli-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Starts `latchkey` as a shell would: without `LATCHKEY_` variables, and without those that npm gives to a test run.
 *
 * @param commandPrefix - of the command line, for example that of `ip netns exec`
 */
export function spawnLatchkey(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  commandPrefix: readonly string[] = [],
): ChildProcessWithoutNullStreams {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(?:LATCHKEY|npm)_/.test(name));
  const [program = '', ...rest] = [...commandPrefix, process.execPath, main, ...args];
  return spawn(program, rest, { cwd, env: { ...Object.fromEntries(inherited), ...env } });
}

interface RunOptions {
  /** What is on standard input. */
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** How standard output is read. Default: as UTF-8. */
  readonly encoding?: 'utf8' | 'latin1';
}

/** Runs `latchkey` to its end. */
export async function runLatchkey(
  cwd: string,
  args: readonly string[],
  { input = '', env = {}, encoding = 'utf8' }: RunOptions = {},
): Promise<Finished> {
  const child = spawnLatchkey(cwd, args, env);
  // A command that does not read its input may end before all is written.
  child.stdin.on('error', () => {}).end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    buffer(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, stdout: stdout.toString(encoding), stderr };
}

/** @returns reads lines of a stream until one matches; the next call goes on after that line */
export function lineReader(stream: NodeJS.ReadableStream): (pattern: RegExp) => Promise<RegExpExecArray> {
  const lines = createInterface({ input: stream })[Symbol.asyncIterator]();
  return async (pattern) => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`The output ended before a line like ${pattern}`);
      const match = pattern.exec(value);
      if (match !== null) return match;
    }
  };
}
