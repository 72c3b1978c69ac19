import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { explainFileError } from '../../files/file-error.ts';
import { exportYaml } from '../../transfer/export-yaml.ts';
import { exportPeopleCsv } from '../../transfer/people-csv.ts';
import { counted } from '../counted.ts';
import { withDirectory } from '../entries/open-directory.ts';
import { CommandError } from '../exit-code.ts';
import { type ProgressBar, showProgress } from '../progress-bar.ts';

interface Options {
  readonly csv?: true;
  readonly withCredentials?: boolean;
}

export function define(command: Command): void {
  command
    .description(
      'Writes the directory, whatever source its entries are from, as the lists of a configuration file.',
    )
    .argument('[file]', 'file to write, which must not be there yet; default: standard output')
    .option('--csv', 'write only people, as CSV for spreadsheets')
    .option('--with-credentials', 'write the hashes of passwords, too: whoever gets them can guess passwords')
    .addHelpText(
      'after',
      `
The same directory gives the same bytes. The file can be imported into another instance, or be its configuration file. Ids are
written where they do not follow from the instance id and the name. A person who is blocked is written as disabled; one who has
left the source is left out. CSV has no further addresses and no external ids.

Examples:
  latchkey directory export people.yaml
  latchkey directory export --csv > people.csv
  latchkey directory export --with-credentials - | age --recipient age1… > people.age`,
    )
    .action(async (file: string | undefined, { csv, withCredentials = false }: Options) => {
      const count = await withDirectory(command, async ({ directory }) => {
        let written = 0;
        const { user, group, account, permissionSet } = await directory.countEntries();
        const bar = showProgress(csv ? user : user + group + account + permissionSet);
        const onProgress = (entries: number) => {
          written = entries;
          advance(bar, entries);
        };
        const parts = (csv ? exportPeopleCsv : exportYaml)(directory, { withCredentials, onProgress });
        try {
          await (file === undefined || file === '-' ? print(parts) : write(path.resolve(file), parts));
        } finally {
          bar.end();
        }
        return written;
      });
      if (file !== undefined && file !== '-') console.log(`Wrote ${file} (${counted(count, 'entry')})`);
    });
}

function advance(bar: ProgressBar, entries: number): void {
  bar.advance(entries, 'entries');
}

async function print(parts: AsyncIterable<string>): Promise<void> {
  for await (const part of parts) {
    if (!process.stdout.write(part)) await once(process.stdout, 'drain');
  }
}

/** Writes a file with mode 0600. One that could not be written to its end is removed. */
async function write(file: string, parts: AsyncIterable<string>): Promise<void> {
  const stream = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  try {
    await once(stream, 'open');
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${explainFileError(error)}`);
  }
  try {
    for await (const part of parts) {
      if (!stream.write(part)) await once(stream, 'drain');
    }
    stream.end();
    await once(stream, 'finish');
  } catch (error) {
    stream.destroy();
    await rm(file, { force: true });
    throw error;
  }
}
