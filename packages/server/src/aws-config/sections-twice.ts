import { SharedConfigError } from './shared-config-error.ts';
import type { Block, Section, SharedConfigFile } from './shared-config-file.ts';

/** Sections named in one refusal. */
const MAX_NAMED = 5;

/**
 * Refuses sections that a file has outside of the block they are meant for: a section that comes twice makes a file
 * unreadable to the AWS CLI, for every profile in it.
 *
 * @param own the block they are to replace, where there is one
 * @throws {SharedConfigError} naming line and section, and what to do
 */
export function refuseSectionsTwice(
  file: SharedConfigFile,
  own: Block | undefined,
  sections: readonly Section[],
): void {
  const headings = new Set(sections.map(({ heading }) => heading));
  const twice = file.sections
    .filter(({ heading }) => headings.has(heading))
    .map((section) => ({ section, block: file.blocks.find((block) => isIn(block, section)) }))
    .filter(({ block }) => block === undefined || block !== own);
  const [first] = twice;
  if (first === undefined) return;
  // Those in another block ask for another way out.
  const alike = twice.filter(({ block }) => block === first.block).map(({ section }) => section);
  throw new SharedConfigError(
    `${renderSections(alike)} there already, ${renderWayOut(alike, first.block)} with ${renderOptions(alike)}`,
  );
}

function isIn({ first, last }: Block, { index }: Section): boolean {
  return index >= first && index <= last;
}

function renderSections(sections: readonly Section[]): string {
  const named = sections
    .slice(0, MAX_NAMED)
    .map(({ heading, index }) => `line ${index + 1}: [${heading.replace(/^profile default$/, 'default')}]`)
    .join(', ');
  if (sections.length > MAX_NAMED) return `${named} and ${sections.length - MAX_NAMED} more are`;
  return `${named} ${sections.length === 1 ? 'is' : 'are'}`;
}

function renderWayOut({ length }: readonly Section[], block: Block | undefined): string {
  const because = 'a section that comes twice makes the file unreadable to the AWS CLI';
  const choose = length === 1 ? 'choose another name' : 'choose other names';
  if (block === undefined) {
    const those = length === 1 ? 'that section' : 'those sections';
    return `outside the lines that latchkey keeps for this instance; ${because}. Delete ${those} by hand, or ${choose}`;
  }
  const { instanceId, first, last } = block;
  return `in the block of another instance, ${instanceId}; ${because}. If that instance is gone, delete its lines ${first + 1} to ${last + 1} by hand, or ${choose}`;
}

/** The options of `latchkey aws-config` that name such sections. */
function renderOptions(sections: readonly Section[]): string {
  const kinds = new Set(sections.map(({ heading }) => heading.split(' ')[0]));
  const options = [
    kinds.has('sso-session') && '--session-name',
    kinds.has('services') && '--services-name',
    kinds.has('profile') && '--profile or --profile-suffix',
  ];
  return options.filter((option) => option !== false).join(', ');
}
