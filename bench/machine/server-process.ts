import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Connection } from '../load/connection.ts';
import type { Cores } from './cores.ts';

const startTimeoutMs = 30_000;
const stopTimeoutMs = 10_000;

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A measured server in a process of its own, which ends together with this process. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #command: readonly string[];
  readonly port: number;
  /** Time of the start, by `performance.now()`. */
  readonly startedAt: number;

  /**
   * Starts a server. Its output is discarded, unless `showOutput` is set, or `outputFile` names a file for it.
   *
   * @param command arguments for `node`
   */
  constructor(
    command: readonly string[],
    options: {
      readonly port: number;
      readonly dataDir: string;
      readonly cores: Cores;
      readonly showOutput: boolean;
      readonly outputFile?: string;
      readonly environment?: Readonly<Record<string, string>>;
    },
  ) {
    this.port = options.port;
    this.#command = [...options.cores.serverPrefix, process.execPath, ...command];
    const [file = '', ...args] = this.#command;
    this.startedAt = performance.now();
    const { showOutput, outputFile } = options;
    const output = outputFile === undefined ? (showOutput ? 2 : 'ignore') : openSync(outputFile, 'w');
    this.#child = spawn(file, args, {
      stdio: ['ignore', output, output],
      cwd: options.dataDir,
      env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...options.environment },
    });
    running.add(this.#child);
    this.#child.once('exit', () => running.delete(this.#child));
  }

  /**
   * Opens a connection as soon as the server listens.
   *
   * @throws {Error} when the server ends, or does not listen in time
   */
  async connect(timeoutMs = startTimeoutMs): Promise<Connection> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      try {
        return await Connection.open(this.port);
      } catch (error) {
        if (this.#child.exitCode !== null || performance.now() > deadline) {
          throw new Error(
            `Cannot reach the server: found ${this.#state()}, expected it to listen on port ${this.port}; ` +
              `run again with --show-output to see what it says\n${this.#command.join(' ')}`,
            { cause: error },
          );
        }
        await setTimeout(1);
      }
    }
  }

  /** Resident memory of the process, in bytes. */
  memoryBytes(): number {
    const kibibytes = execFileSync('ps', ['-o', 'rss=', '-p', String(this.#child.pid)], { encoding: 'utf8' });
    return Number(kibibytes) * 1024;
  }

  /** The most resident memory that the process had so far, in bytes. `undefined` where there is no `/proc`. */
  peakMemoryBytes(): number | undefined {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
      return Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1]) * 1024;
    } catch {
      return undefined;
    }
  }

  /** Lets `peakMemoryBytes` begin anew, where there is a `/proc`. */
  forgetPeakMemory(): void {
    try {
      writeFileSync(`/proc/${this.#child.pid}/clear_refs`, '5');
    } catch {
      // Then `peakMemoryBytes` says `undefined`, or the peak since the start.
    }
  }

  /** Processor time of all threads so far, in milliseconds (steps of 10 ms). `undefined` where there is no `/proc`. */
  cpuMs(): number | undefined {
    try {
      const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    } catch {
      return undefined;
    }
  }

  /** Asks the server to stop, and waits until it has. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const timer = globalThis.setTimeout(() => this.#child.kill('SIGKILL'), stopTimeoutMs);
    await exited;
    clearTimeout(timer);
  }

  #state(): string {
    return this.#child.exitCode === null ? 'it still starting' : `it ended with code ${this.#child.exitCode}`;
  }
}
