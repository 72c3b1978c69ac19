import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { loadSettings } from '../../config/load-config.ts';
import { checkNewPassword, MOST_BYTES, type PasswordFault } from '../../passwords/check-new-password.ts';
import { RefusedFileError } from '../../passwords/refused-file.ts';
import { CommandError, exitCode } from '../exit-code.ts';
import { configSources } from '../sources.ts';

/** Room for a byte order mark and a line end. */
const maxInputBytes = MOST_BYTES + 5;

/**
 * Asks for a new password twice, without echo, and checks it by the configuration. Without a terminal, standard input is the password, alone on
 * one line.
 *
 * @param userName - whose password it is, where that is known
 */
export async function readNewPassword(command: Command, userName?: string): Promise<string> {
  const { config } = await loadSettings(configSources(command));
  const password = process.stdin.isTTY ? await askTwice(userName) : await readLine();
  const whose = userName === undefined ? undefined : { userName };
  const fault = await checkNewPassword(password, config.passwords, whose).catch((error: unknown) => {
    throw error instanceof RefusedFileError ? new CommandError(error.message) : error;
  });
  if (fault !== undefined) throw new CommandError(`${explain(fault)}; nothing was changed`);
  return password;
}

function explain(fault: PasswordFault): string {
  switch (fault.kind) {
    case 'controlCharacter':
      return `A password cannot have control characters, and this one has ${fault.name}`;
    case 'tooShort':
      return `A password needs at least ${fault.least} characters (passwords.minLength)`;
    case 'tooLong':
      return `A password can have at most ${fault.mostBytes} bytes`;
    case 'breached':
      return 'That password is in the list of those that are refused (passwords.refusedFile)';
    case 'predictable':
      return 'That password is easy to guess: it is made of common words, of the name of the person, of digits or of keys in a row';
  }
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
      throw new CommandError(`A password can have at most ${MOST_BYTES} bytes; nothing was changed`);
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
