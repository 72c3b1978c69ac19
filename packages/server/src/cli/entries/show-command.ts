import { renderDuration } from '../../config/duration.ts';
import type { CommandDirectory, FactorList, NamedKind } from '../../control/command-directory.ts';
import { pagesOf } from '../../control/pages.ts';
import type { EntryOf, ExternalId } from '../../store/port/directory.ts';
import type { OneTimeLink } from '../../store/port/links.ts';
import type { CommandModule } from '../lazy-commands.ts';
import { describeEntry } from './describe-entry.ts';
import { commandOf, getEntry, kindNames } from './find-entry.ts';
import { withDirectory } from './open-directory.ts';
import { printable } from './render-table.ts';

const more: Readonly<Record<NamedKind, string>> = {
  user: `
What is assigned to the person directly: latchkey assign list --user <user>
Why the person has a role, or not: latchkey why <user> <account> <role>`,
  group: `
Its members: latchkey group list-members <group>
What is assigned to it: latchkey assign list --group <group>`,
  account: `
Who has roles in it: latchkey assign list --account <account>`,
  permissionSet: '',
};

/** The command that shows one entry. */
export function showCommand(kind: NamedKind): CommandModule {
  const name = kindNames[kind];
  return {
    define(command) {
      command
        .description(`Shows ${kind === 'account' ? 'an' : 'a'} ${name}, and which source it is from.`)
        .argument(`<${commandOf[kind]}>`, `name or id of the ${name}`)
        .option('--json', `print the ${name} as JSON`)
        .addHelpText('after', more[kind])
        .action(async (given: string, { json }: { json?: true }) => {
          const described = await withDirectory(command, async ({ directory }) => {
            const entry = await getEntry(directory, kind, given);
            return describe(directory, entry);
          });
          if (json) console.log(JSON.stringify(described));
          else printValues(described);
        });
    },
  };
}

async function describe(directory: CommandDirectory, entry: EntryOf[NamedKind]): Promise<object> {
  if (!('userName' in entry)) return entry;
  const groups: string[] = [];
  for await (const page of pagesOf(directory, 'membership', { of: { userId: entry.id } })) {
    groups.push(...page.map(({ groupName }) => groupName));
  }
  const user = describeEntry.user({ ...entry, groups: groups.toSorted() });
  const [factors, link] = await Promise.all([
    directory.listFactors(entry.id),
    directory.findLinkOf(entry.id),
  ]);
  return { ...user, ...describeFactors(factors), ...(link !== null && { link: describeLink(link) }) };
}

/** What a person signs in with besides a password. Instants are in ISO 8601. */
function describeFactors({ factors, recoveryCodesLeft }: FactorList): object {
  return {
    factors: factors.map(({ id, kind, name, createdAtMs, lastUsedAtMs }) => ({
      ...{ id, kind, name, createdAt: new Date(createdAtMs).toISOString() },
      ...(lastUsedAtMs !== null && { lastUsedAt: new Date(lastUsedAtMs).toISOString() }),
    })),
    recoveryCodesLeft,
  };
}

/** A one-time link that works. Its token is nowhere. */
function describeLink({ purpose, createdAtMs, expiresAtMs }: OneTimeLink): DescribedLink {
  return {
    purpose,
    createdAt: new Date(createdAtMs).toISOString(),
    expiresAt: new Date(expiresAtMs).toISOString(),
  };
}

interface DescribedLink {
  readonly purpose: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** Prints a value a line. */
export function printValues(entry: object): void {
  const lines = Object.entries(entry).flatMap(([key, value]): [string, string][] => {
    const text = render(key, value);
    return text === '' ? [] : [[key.replace(/(?:Seconds)$/, '').replace(/[A-Z]/g, toWord), text]];
  });
  const width = Math.max(...lines.map(([key]) => key.length));
  for (const [key, text] of lines) console.log(`${key.padEnd(width)}  ${printable(text)}`);
}

function toWord(letter: string): string {
  return ` ${letter.toLowerCase()}`;
}

function render(key: string, value: unknown): string {
  if (key === 'sessionDurationSeconds') return renderDuration(Number(value));
  if (key === 'externalIds')
    return (value as ExternalId[]).map(({ issuer, id }) => `${id} (${issuer})`).join(', ');
  if (key === 'emails') return (value as { address: string }[]).map(({ address }) => address).join(', ');
  if (key === 'factors') return (value as DescribedFactor[]).map(renderFactor).join('; ');
  if (key === 'link') {
    const { purpose, expiresAt } = value as DescribedLink;
    return `for ${purpose}, until ${expiresAt}`;
  }
  return Array.isArray(value) ? value.join(', ') : String(value);
}

interface DescribedFactor {
  readonly kind: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt?: string;
}

function renderFactor({ kind, name, createdAt, lastUsedAt = 'never' }: DescribedFactor): string {
  return `${kind} "${name}" (created ${createdAt}, last used ${lastUsedAt})`;
}
