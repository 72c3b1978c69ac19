import * as v from 'valibot';
import { checkDirectoryNames } from '../config/check-directory-references.ts';
import { checkValues } from '../config/check-values.ts';
import { ConfigError } from '../config/config-error.ts';
import { parseConfigFile } from '../config/config-file.ts';
import { userEntries } from '../config/directory-schema.ts';
import type { DirectoryConfig } from '../directory/file/declaration.ts';
import { nameKey } from '../directory/name-key.ts';
import { type CsvPerson, CsvProblem, readPeopleCsv } from './people-csv.ts';

/** What is to be imported. */
export interface ImportedDeclaration {
  readonly directory: DirectoryConfig;
  /** Memberships in groups that are not declared: names of user and group. */
  readonly memberships: readonly (readonly [userName: string, groupName: string])[];
  /** Settings of the file that are not of the directory, and are not imported. */
  readonly ignored: readonly string[];
}

const LISTS = ['users', 'groups', 'accounts', 'permissionSets', 'assignments'];

/**
 * Reads the lists of a configuration file. What an assignment or a group refers to need not be in it: the directory may
 * have it.
 *
 * @param name - the file as the person named it
 * @throws {ConfigError} with every problem, and its line
 */
export async function readYamlDeclaration(text: string, name: string): Promise<ImportedDeclaration> {
  const { content, locate, findSource } = await parseConfigFile(text, name);
  // An empty file has no content.
  const mapping = content ?? {};
  if (typeof mapping !== 'object' || Array.isArray(mapping)) {
    const message = `expected a mapping (key: value) with any of ${LISTS.join(', ')}`;
    throw new ConfigError([{ source: name, ...locate([], 'value'), message }]);
  }
  const all = Object.entries(mapping);
  const lists = Object.fromEntries(all.filter(([key]) => LISTS.includes(key)));
  const { settings, findings } = checkValues(lists, findSource);
  const problems = [...findings, ...checkDirectoryNames(lists)];
  if (settings === undefined || problems.length > 0) {
    throw new ConfigError(
      problems.map(({ path, part, message }) => ({ source: name, ...locate(path, part), message })),
    );
  }
  return {
    directory: {
      users: settings.users,
      groups: settings.groups,
      accounts: settings.accounts,
      permissionSets: settings.permissionSets.map(({ sessionDuration, ...permissionSet }) => ({
        ...permissionSet,
        sessionDurationSeconds: sessionDuration,
      })),
      assignments: settings.assignments,
    },
    memberships: [],
    ignored: all.map(([key]) => key).filter((key) => !LISTS.includes(key)),
  };
}

/**
 * Reads people from CSV. Their groups must be in the directory.
 *
 * @throws {ConfigError} with every problem, and its line
 */
export function readCsvDeclaration(text: string, name: string): ImportedDeclaration {
  let people: readonly CsvPerson[];
  try {
    people = readPeopleCsv(text);
  } catch (error) {
    if (!(error instanceof CsvProblem)) throw error;
    throw new ConfigError([{ source: name, message: error.message }]);
  }
  const problems = [...people.flatMap(findProblem), ...findTwice(people)].sort((a, b) => a.line - b.line);
  if (problems.length > 0) {
    throw new ConfigError(problems.map(({ line, message }) => ({ source: name, line, column: 1, message })));
  }
  return {
    directory: {
      users: people.map(toUser),
      groups: [],
      accounts: [],
      permissionSets: [],
      assignments: [],
    },
    memberships: people.flatMap(({ userName, groups }) =>
      groups.map((group): [string, string] => [userName, group]),
    ),
    ignored: [],
  };
}

const userSchema = v.strictObject(userEntries);

interface LineProblem {
  readonly line: number;
  readonly message: string;
}

function toUser({ groups: _groups, line: _line, disabled, ...user }: CsvPerson) {
  return { ...user, ...(disabled && { disabled }) };
}

function findProblem(person: CsvPerson): readonly LineProblem[] {
  const result = v.safeParse(userSchema, toUser(person), { abortEarly: true });
  if (result.success) return [];
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? '';
  const value = path === 'passwordHash' ? '' : `, got ${JSON.stringify(issue.input)}`;
  return [{ line: person.line, message: `${path}: expected ${issue.message}${value}` }];
}

function findTwice(people: readonly CsvPerson[]): readonly LineProblem[] {
  const lines = new Map<string, number>();
  return people.flatMap(({ userName, line }) => {
    const first = lines.get(nameKey(userName));
    if (first === undefined) lines.set(nameKey(userName), line);
    return first === undefined
      ? []
      : [{ line, message: `user "${userName}" is there twice, first in line ${first}` }];
  });
}
