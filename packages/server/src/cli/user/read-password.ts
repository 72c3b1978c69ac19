import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandError, exitCode } from '../exit-code.ts';

const maxBytes = 1024;
/** Room for a byte order mark and a line end. */
const maxInputBytes = maxBytes + 5;
/** The minimum of NIST SP 800-63B section 3.1.1.2. */
const minCharacters = 8;

/** Asks for a new password twice, without echo. Without a terminal, standard input is the password, alone on one line. */
export async function readNewPassword(userName?: string): Promise<string> {
  const password = process.stdin.isTTY ? await askTwice(userName) : await readLine();
  const fault = findFault(password);
  if (fault !== undefined) throw new CommandError(`${fault}; nothing was changed`);
  return password;
}

function findFault(password: string): string | undefined {
  // What no form on a page can send would make a password that is never right.
  const [character] = /[\p{Cc}\p{Zl}\p{Zp}]/u.exec(password) ?? [];
  if (character !== undefined) {
    return `A password cannot have control characters, and this one has ${nameOf(character)}`;
  }
  if ([...password].length < minCharacters) return `A password needs at least ${minCharacters} characters`;
  if (Buffer.byteLength(password) > maxBytes) return `A password can have at most ${maxBytes} bytes`;
  return undefined;
}

function nameOf(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
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
    if (length > maxInputBytes)
      throw new CommandError(`A password can have at most ${maxBytes} bytes; nothing was changed`);
  }
  const line = decode(Buffer.concat(chunks)).replace(/\r?\n$/, '');
  if (/[\r\n]/.test(line)) {
    throw new CommandError(
      'Standard input has several lines: give the password alone, on one line; nothing was changed',
    );
  }
  return line;
}

/** Without a byte order mark, which PowerShell puts first. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CommandError('The password on standard input is not UTF-8 text; nothing was changed');
  }
}
