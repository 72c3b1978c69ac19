import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandError, exitCode } from '../exit-code.ts';

const maxBytes = 1024;

/** Asks for a new password twice, without showing it; from a pipe it is the first line, whole. */
export async function readNewPassword(userName?: string): Promise<string> {
  const password = process.stdin.isTTY ? await askTwice(userName) : await readLine();
  if (password === '') throw new CommandError('A password cannot be empty');
  if (Buffer.byteLength(password) > maxBytes)
    throw new CommandError(`A password has at most ${maxBytes} bytes`);
  return password;
}

async function askTwice(userName: string | undefined): Promise<string> {
  const password = await ask(userName === undefined ? 'Password: ' : `New password for ${userName}: `);
  if (password === (await ask('The same again: '))) return password;
  throw new CommandError('The two passwords differ; nothing was changed');
}

async function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 });
  const interrupted = Promise.withResolvers<never>();
  lines.once('SIGINT', () => interrupted.reject(new CommandError('Interrupted', exitCode.interrupted)));
  lines.once('close', () => interrupted.reject(new CommandError('No password was given')));
  try {
    return await Promise.race([lines.question(''), interrupted.promise]);
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

async function readLine(): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBytes + 2) break;
  }
  return Buffer.concat(chunks)
    .toString()
    .replace(/\r?\n$/, '');
}
