import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { deno } from './runtimes.ts';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
}

const SEPARATOR = '\r\n\r\n';

/**
 * Deno's language server, as an editor has it that may ask one host for completions.
 *
 * @see https://microsoft.github.io/language-server-protocol/specifications/base/0.9/specification/
 */
export class LanguageServer implements Disposable {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answered = new Map<number, (result: unknown) => void>();
  #unread = Buffer.alloc(0);

  private constructor(env: NodeJS.ProcessEnv) {
    this.#process = spawn(deno, ['lsp', '--quiet'], { env });
    this.#process.stdout.on('data', (chunk: Buffer) => this.#read(chunk));
  }

  /** @param host e.g. `http://localhost:8484` */
  static async start(host: string, env: NodeJS.ProcessEnv): Promise<LanguageServer> {
    const server = new LanguageServer(env);
    const imports = { autoDiscover: false, hosts: { [host]: true } };
    await server.request('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      initializationOptions: { enable: true, suggest: { imports } },
    });
    server.#send({ method: 'initialized', params: {} });
    return server;
  }

  /** Opens a file that has only this line, and asks what it offers at its end. @returns the labels */
  async complete(line: string): Promise<readonly string[]> {
    const uri = `file:///${this.#answered.size}.ts`;
    this.#send({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri, languageId: 'typescript', version: 1, text: line } },
    });
    const position = { line: 0, character: line.length };
    const { items } = Object(
      await this.request('textDocument/completion', { textDocument: { uri }, position }),
    );
    return Array.from(items ?? [], (item) => String(Object(item).label));
  }

  request(method: string, params: object): Promise<unknown> {
    const id = this.#answered.size;
    return new Promise((resolve) => {
      this.#answered.set(id, resolve);
      this.#send({ id, method, params });
    });
  }

  [Symbol.dispose](): void {
    this.#process.kill();
  }

  #send(message: object): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.#process.stdin.write(`Content-Length: ${body.length}${SEPARATOR}${body}`);
  }

  #read(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    for (;;) {
      const start = this.#unread.indexOf(SEPARATOR) + SEPARATOR.length;
      const [, length] = /Content-Length: (\d+)/.exec(this.#unread.toString('latin1')) ?? [];
      const end = start + Number(length);
      if (length === undefined || start < SEPARATOR.length || this.#unread.length < end) return;
      const message: Message = JSON.parse(this.#unread.toString('utf8', start, end));
      this.#unread = this.#unread.subarray(end);
      if (message.id !== undefined && message.method === undefined) {
        this.#answered.get(message.id)?.(message.result);
      }
    }
  }
}
