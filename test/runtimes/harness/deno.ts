import { writeFile } from 'node:fs/promises';
import type { Latchkey } from 'latchkey/testing';
import { type Finished, run } from '../../interop/harness/program.ts';
import { LanguageServer } from './language-server.ts';
import { linesOfProgram } from './lines.ts';
import { deno } from './runtimes.ts';
import { Workspace } from './workspace.ts';

/** Deno as it is on a new machine, with a program that imports the modules that an instance serves. */
export class DenoUser implements AsyncDisposable {
  /** The instance's host and port, as flags name it. */
  readonly host: string;
  readonly #workspace: Workspace;

  private constructor(host: string, workspace: Workspace) {
    this.host = host;
    this.#workspace = workspace;
  }

  static async of({ url }: Latchkey): Promise<DenoUser> {
    return new DenoUser(new URL(url).host, await Workspace.withModulesAt(url));
  }

  /** Runs a command that may import the instance's modules, whatever its exit code. */
  run(
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Finished> {
    return run([deno, ...this.#arguments(command, args)], this.#options(env));
  }

  /** Writes a file beside the program. */
  write(name: string, content: string): Promise<void> {
    return writeFile(this.#workspace.file(name), content);
  }

  /** What a command prints, line by line. */
  lines(command: string, ...args: readonly string[]): AsyncIterable<string> {
    return linesOfProgram([deno, ...this.#arguments(command, args)], this.#options({}));
  }

  openEditor(): Promise<LanguageServer> {
    return LanguageServer.start(`http://${this.host}`, this.#options({}).env);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#workspace[Symbol.asyncDispose]();
  }

  #arguments(command: string, args: readonly string[]): readonly string[] {
    return [command, '--quiet', `--allow-import=${this.host}`, ...args];
  }

  #options(env: Readonly<Record<string, string>>) {
    const { path } = this.#workspace;
    const own = { HOME: path, DENO_DIR: `${path}/.deno`, DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' };
    return { cwd: path, env: { ...own, ...env } };
  }
}
