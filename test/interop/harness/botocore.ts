import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { interopDir, sdkForPython } from './clients.ts';

/** Settings by key; nested ones are objects. */
export type Settings = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** What botocore reads in two files. `null`: it refuses the file, or one of the two. */
export interface BotocoreReading {
  /** Sections by their headings. */
  readonly config: Readonly<Record<string, Settings>> | null;
  readonly credentials: Readonly<Record<string, Settings>> | null;
  readonly profiles: Readonly<Record<string, Settings>> | null;
  readonly ssoSessions: Readonly<Record<string, Settings>> | null;
  readonly services: Readonly<Record<string, Settings>> | null;
  /** Access key id, secret, session token and account by profile; `null`: it has not both keys. */
  readonly keys: Readonly<Record<string, readonly (string | null)[] | null>> | null;
}

/** The botocore of the AWS SDK for Python, in one process that reads file after file. Disposing of it ends the process. */
export class Botocore implements AsyncDisposable {
  readonly #child = spawn(sdkForPython.command[0], [path.join(interopDir, 'python/shared_config.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, PYTHONUTF8: '1' },
  });
  readonly #answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  readonly #ended = new Promise<void>((resolve) => this.#child.once('close', () => resolve()));

  /** @param files paths of both files; one at a time */
  async read(files: { readonly config: string; readonly credentials: string }): Promise<BotocoreReading> {
    this.#child.stdin.write(`${JSON.stringify(files)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error('Read by botocore: the process has ended');
    return JSON.parse(value);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.stdin.end();
    await this.#ended;
  }
}
