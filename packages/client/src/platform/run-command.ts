export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  /** Why the command failed, e.g. `exit code 3`. Undefined: it did not. */
  readonly failure: string | undefined;
}

/**
 * Runs a command in the platform's shell.
 *
 * @param env the whole environment. Default: that of this process
 * @throws {Error} when it cannot be started
 */
export function runCommand(
  line: string,
  timeoutMs: number,
  env: Readonly<Record<string, string | undefined>> | undefined,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const options = { timeout: timeoutMs, windowsHide: true, env: { ...(env ?? process.env) } };
    process.getBuiltinModule('node:child_process').exec(line, options, (error, stdout, stderr) => {
      const finish = (failure?: string) => resolve({ stdout, stderr, failure });
      if (error === null) finish();
      else if (error.killed) finish(`no end after ${timeoutMs / 1000} s`);
      else if (typeof error.code === 'number') finish(`exit code ${error.code}`);
      else if (error.signal) finish(`ended by ${error.signal}`);
      else reject(error);
    });
  });
}
