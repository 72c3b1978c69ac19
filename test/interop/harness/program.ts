import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import type { Command } from './clients.ts';

export interface RunOptions {
  readonly cwd?: string;
  /** The whole environment; by default this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds until it is ended; by default it may take as long as it likes. */
  readonly timeout?: number;
  /** Whether somebody is at its keyboard; by default it has no standard input. */
  readonly keyboard?: true;
  /** Whether it has no controlling terminal, so that it prints what it would write to `/dev/tty`. */
  readonly detached?: true;
}

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A child process whose output can be watched while it runs. Disposing of it ends it. */
export class RunningProgram implements AsyncDisposable {
  readonly finished: Promise<Finished>;
  readonly #child: ChildProcessWithoutNullStreams;
  #stdout = '';
  #stderr = '';
  #unread = { stdout: 0, stderr: 0 };
  #watchers: (() => void)[] = [];

  constructor([program, ...args]: Command, { keyboard, ...options }: RunOptions = {}) {
    const child = spawn(program, args, options);
    if (!keyboard) child.stdin.end();
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.#note(() => (this.#stdout += text)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#note(() => (this.#stderr += text)));
    this.#child = child;
    this.finished = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode) => resolve({ exitCode, stdout: this.#stdout, stderr: this.#stderr }));
    });
    this.finished.catch(() => undefined);
  }

  /**
   * Waits until what the program has printed on either stream, since something was typed last, matches.
   *
   * @throws {Error} with all of its output when it ends without having printed that
   */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    let ended = false;
    const end = this.finished.finally(() => {
      ended = true;
    });
    for (;;) {
      const { stdout, stderr } = this.#unread;
      const found = pattern.exec(this.#stdout.slice(stdout)) ?? pattern.exec(this.#stderr.slice(stderr));
      if (found !== null) return found;
      if (ended) {
        throw new Error(`Wait for ${pattern}: the program ended with\n${this.#stdout}${this.#stderr}`);
      }
      await Promise.race([end, new Promise<void>((resolve) => this.#watchers.push(resolve))]);
    }
  }

  /** Types on its keyboard. */
  type(text: string): void {
    this.#unread = { stdout: this.#stdout.length, stderr: this.#stderr.length };
    this.#child.stdin.write(text);
  }

  /** Ends the program, and waits until it has ended. */
  async end(signal?: NodeJS.Signals): Promise<void> {
    this.#child.kill(signal);
    await this.finished.catch(() => undefined);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.end();
  }

  #note(take: () => void): void {
    take();
    for (const wake of this.#watchers.splice(0)) wake();
  }
}

/** Runs a program to its end, whatever its exit code. */
export async function run(command: Command, options?: RunOptions): Promise<Finished> {
  await using program = new RunningProgram(command, options);
  return await program.finished;
}

/**
 * @param name - of a program on the PATH, or its absolute path
 * @returns the path of the program, or `undefined`
 */
export function findProgram(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.resolve(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
