import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { Option } from 'commander';
import { userEntries } from '../../config/directory-schema.ts';
import { loadSettings } from '../../config/load-config.ts';
import { nameKey } from '../../directory/name-key.ts';
import { generatePassword, hashPassword } from '../../people/password.ts';
import type { MembershipStep } from '../../store/port/directory-change.ts';
import { change } from '../entries/change.ts';
import { describeSource } from '../entries/explain-conflict.ts';
import { getEntry } from '../entries/find-entry.ts';
import { type OpenedDirectory, withDirectory } from '../entries/open-directory.ts';
import { checkOption } from '../entries/option.ts';
import { CommandError } from '../exit-code.ts';
import { configSources } from '../sources.ts';
import { editConfiguredUsers } from './edit.ts';
import { readNewPassword } from './read-password.ts';

interface AddOptions {
  readonly displayName?: string;
  readonly email?: string;
  readonly group: readonly string[];
  readonly store?: true;
  readonly generate?: true;
  readonly json?: true;
}

/** A person to add, with a password that is asked for once everything else is known to be right. */
interface NewPerson {
  readonly userName: string;
  readonly displayName: string | undefined;
  readonly email: string | undefined;
  readonly groups: readonly string[];
  readonly makeHash: () => Promise<string>;
}

export function define(command: Command): void {
  command
    .description(
      'Adds a user: to the configuration file where there is one, otherwise to the store. Asks for the password, or reads it from standard input.',
    )
    .argument('<user>', 'user name, which the person types to sign in')
    .option('--display-name <name>', 'name shown on pages')
    .option('--email <address>', 'email address')
    .addOption(
      new Option('--group <name>', 'group to join; may be given several times')
        .argParser((name, names: readonly string[]) => [...names, name])
        .default([], 'none'),
    )
    .option('--store', 'add the user to the store, also where there is a configuration file')
    .option('--generate', 'generate a password and print it')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
People of the store are changed by commands alone; the file says nothing of them. Groups of a person of the file are those of
the file; a person of the store can join any group.

Examples:
  latchkey user add carol --display-name "Carol Example" --group developers
  latchkey user add carol --generate --store
  pass show carol | latchkey user add carol`,
    )
    .action(async (userName: string, options: AddOptions) => {
      const { displayName, email, group: groups, generate, json } = options;
      checkOption('<user>', userName, userEntries.userName);
      checkOption('--display-name', displayName, userEntries.displayName);
      checkOption('--email', email, userEntries.email);
      const generated = generate && generatePassword();
      const makeHash = async () => hashPassword(generated ?? (await readNewPassword(command, userName)));
      const person = { userName, displayName, email, groups, makeHash };
      const { config } = await loadSettings(configSources(command));
      const isStored = options.store === true || config.file === undefined;
      // Before the first start, nobody is there but whom the file declares.
      if (isStored || existsSync(config.dataDir)) {
        await withDirectory(command, (opened) => refuseTaken(opened, userName));
      }
      const added = isStored ? await addToStore(command, person) : await addToFile(command, person);
      if (json) {
        console.log(JSON.stringify({ userName, ...added, password: generated }));
      } else {
        console.log(`Added ${userName} to ${'file' in added ? added.file : 'the store'}`);
        if (generated !== undefined) console.log(`Password: ${generated}`);
      }
    });
}

async function addToFile(
  command: Command,
  { userName, displayName, email, groups, makeHash }: NewPerson,
): Promise<{ readonly file: string }> {
  const file = await editConfiguredUsers(command, async ({ users }) => {
    if (users.some((user) => nameKey(user.userName) === nameKey(userName))) {
      throw new CommandError(`There is a user "${userName}" already`);
    }
    const passwordHash = await makeHash();
    return {
      kind: 'add',
      user: {
        userName,
        ...(displayName !== undefined && { displayName }),
        ...(email !== undefined && { email }),
        passwordHash,
      },
      groups,
    };
  });
  return { file };
}

/** The person and the memberships are added together, or not at all. */
async function addToStore(
  command: Command,
  { userName, displayName, email, groups, makeHash }: NewPerson,
): Promise<{ readonly id: string }> {
  const id = crypto.randomUUID();
  const memberships = await withDirectory(command, async (opened) => {
    const steps: MembershipStep[] = [];
    for (const name of groups) {
      const { id: groupId } = await getEntry(opened.directory, 'group', name);
      steps.push({ kind: 'addMembership', userId: id, groupId });
    }
    return steps;
  });
  const user = {
    id,
    userName,
    displayName: displayName ?? userName,
    emails: email === undefined ? [] : [{ address: email, primary: true }],
    externalIds: [],
    status: 'enabled',
    passwordHash: await makeHash(),
  } as const;
  // The directory is not kept open while a person types the password.
  const [result] = await withDirectory(command, (opened) =>
    change(opened, [{ kind: 'addUser', user }, ...memberships]),
  );
  return { id: result?.id ?? id };
}

/** Says so before the password is asked for; somebody who has left their source can be taken over. */
async function refuseTaken({ directory }: OpenedDirectory, userName: string): Promise<void> {
  const [user] = await directory.findEntries('user', { names: [userName] });
  if (user && user.leftAtMs === undefined) {
    throw new CommandError(`There is a user "${userName}" already, from ${describeSource(user.source)}`);
  }
}
