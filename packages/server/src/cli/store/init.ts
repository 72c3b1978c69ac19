import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { findLocalInstanceId, makeInstanceId } from '../../config/instance-id.ts';
import { explainFileError } from '../../files/file-error.ts';
import type { MasterSecret } from '../../keys/master-secret.ts';
import { randomBytes } from '../../keys/random.ts';
import { readMasterSecrets } from '../../keys/read-master-secrets.ts';
import { openStoredKeys } from '../../keys/stored-keys.ts';
import { CommandError, exitCode } from '../exit-code.ts';
import { findConfiguredStore, openForCommand } from './open-configured-store.ts';

interface Options {
  readonly makeSecret?: string;
  readonly checkWord?: string;
}

export function define(command: Command): void {
  command
    .description('Makes the tables of the store in PostgreSQL, its instance id and its first key.')
    .option(
      '--make-secret <file>',
      'make a master secret, and write it to a new file that only its owner can read',
    )
    .option('--check-word <word>', 'the check word of the master secret, where nobody is there to type it')
    .addHelpText(
      'after',
      `
The database must be there, and the user of the connection URL must be able to make tables in it. A store that was made already is
left as it is. The keys are sealed under the master secret, which each server reads from LATCHKEY_MASTER_SECRET,
LATCHKEY_MASTER_SECRET_FILE or LATCHKEY_MASTER_SECRET_COMMAND (a command that prints it).

Examples:
  latchkey store init --make-secret /etc/latchkey/master-secret
  LATCHKEY_MASTER_SECRET_FILE=/etc/latchkey/master-secret latchkey store init
  latchkey store init --check-word lusab-babad`,
    )
    .action((options: Options) => init(command, options));
}

async function init(command: Command, { makeSecret, checkWord }: Options): Promise<void> {
  const found = await findConfiguredStore(command);
  const masters = await readMasterSecrets(
    makeSecret === undefined ? process.env : { LATCHKEY_MASTER_SECRET_FILE: writeSecret(makeSecret, found) },
  );
  if (found.instanceId === undefined) await confirm(masters[0], checkWord);
  const id =
    found.instanceId ??
    found.config.instance.id ??
    (await findLocalInstanceId(found.config.dataDir)) ??
    makeInstanceId();
  const store = await openForCommand(found.target);
  try {
    const { close } = await openStoredKeys(store.keys, masters, {
      now: Date.now,
      onFailure: () => undefined,
    });
    close();
    const instanceId = await store.ensureInstanceId(id);
    const done =
      found.instanceId === undefined ? 'is made' : 'was made before, and the master secret opens its keys';
    console.log(`The store of ${instanceId} ${done}: database "${found.target.database}"`);
  } finally {
    await store.close();
  }
}

/** @returns the absolute path of the file */
function writeSecret(file: string, { instanceId }: { readonly instanceId?: string }): string {
  if (instanceId !== undefined) {
    throw new CommandError(
      `The store of ${instanceId} has keys already, under the master secret of before: start without --make-secret. \`latchkey store keys reseal\` changes the secret`,
    );
  }
  try {
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${explainFileError(error)}`);
  }
  console.error(
    `Wrote a new master secret to ${file}. Each server needs LATCHKEY_MASTER_SECRET_FILE=${path.resolve(file)}`,
  );
  return path.resolve(file);
}

/** @throws {CommandError} unless the check word was given or typed */
async function confirm(master: MasterSecret, given: string | undefined): Promise<void> {
  if (given !== undefined) {
    if (isSame(given, master)) return;
    throw new CommandError(
      `The check word is of another master secret: what was given is ${master.name}, with the check word ${master.checkWord}. Nothing was made`,
    );
  }
  console.error(`
The keys of the instance are sealed under the master secret ${master.name}.

  If the secret is lost, the keys are, and no backup of the database brings them back: everyone signs in anew, and every
  client registers anew.
  Whoever has both the secret and the database can act as anyone.

So keep the secret where the database and its backups are not, and in a second place. Its check word is ${master.checkWord}.
`);
  if (!process.stdin.isTTY) {
    throw new CommandError(
      `Nobody is there to type the check word: once the secret is kept, run this again with --check-word ${master.checkWord}. Nothing was made in the database`,
      exitCode.usage,
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const stopped = Promise.withResolvers<never>();
  terminal.once('SIGINT', () =>
    stopped.reject(new CommandError('Interrupted: nothing was made in the database', exitCode.interrupted)),
  );
  terminal.once('close', () =>
    stopped.reject(new CommandError('Nothing was typed: nothing was made in the database')),
  );
  try {
    const typed = await Promise.race([
      terminal.question('Type the check word once the secret is kept in a second place: '),
      stopped.promise,
    ]);
    if (!isSame(typed, master))
      throw new CommandError('That is not the check word: nothing was made in the database');
  } finally {
    terminal.close();
  }
}

function isSame(word: string, { checkWord }: MasterSecret): boolean {
  return word.trim().toLowerCase() === checkWord;
}
