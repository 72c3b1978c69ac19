import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { softWebauthn } from './clients.ts';

/** What a page asks of the browser, as the attribute of its form has it. */
type PasskeyOptions = Readonly<Record<string, unknown>>;

/** The authenticator `soft-webauthn` of PyPI with one passkey, which does not verify its user. Disposing of it ends its process. */
export class SoftWebauthn implements AsyncDisposable {
  readonly #child = spawn(softWebauthn.command[0], softWebauthn.command.slice(1), {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, PYTHONUTF8: '1' },
  });
  readonly #answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  readonly #ended = new Promise<void>((resolve) => this.#child.once('close', () => resolve()));

  /** Makes its passkey. @returns what a browser sends */
  create(options: PasskeyOptions, origin: string): Promise<string> {
    return this.#ask({ call: 'create', options, origin });
  }

  /**
   * Signs in with its passkey.
   *
   * @param signCount - of the use before this one, as a copy of the authenticator would have it. Default: its own
   * @returns what a browser sends
   */
  get(options: PasskeyOptions, origin: string, signCount?: number): Promise<string> {
    return this.#ask({ call: 'get', options, origin, ...(signCount !== undefined && { signCount }) });
  }

  async #ask(request: object): Promise<string> {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error('Ask soft-webauthn: the process has ended');
    return value;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.stdin.end();
    await this.#ended;
  }
}
