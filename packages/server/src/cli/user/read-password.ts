import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandError, exitCode } from '../exit-code.ts';

const maxBytes = 1024;
/** The minimum of NIST SP 800-63B section 3.1.1.2. */
const minCharacters = 8;

/** Asks for a new password twice, without echo. Without a terminal, standard input is the password. */
export async function readNewPassword(userName?: string): Promise<string> {
  const password = process.stdin.isTTY ? await askTwice(userName) : await readLine();
  if ([...password].length < minCharacters) {
    throw new CommandError(`A password needs at least ${minCharacters} characters; nothing was changed`);
  }
  if (Buffer.byteLength(password) > maxBytes)
    throw new CommandError(`A password can have at most ${maxBytes} bytes; nothing was changed`);
  return password;
}

async function askTwice(userName: string | undefined): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  // Turns off the echo of the terminal, so it opens before the first question and closes after the last.
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 });
  const stopped = Promise.withResolvers<never>();
  terminal.once('SIGINT', () => stopped.reject(new CommandError('Interrupted', exitCode.interrupted)));
  terminal.once('close', () => stopped.reject(new CommandError('No password was given')));
  const ask = async (question: string): Promise<string> => {
    process.stderr.write(question);
    try {
      return await Promise.race([terminal.question(''), stopped.promise]);
    } finally {
      process.stderr.write('\n');
    }
  };
  try {
    const password = await ask(userName === undefined ? 'Password: ' : `New password for ${userName}: `);
    if (password === (await ask('Repeat the password: '))) return password;
    throw new CommandError('The two passwords differ; nothing was changed');
  } finally {
    terminal.close();
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
