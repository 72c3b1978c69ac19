import type { Defence, Subject } from './defence.ts';

/** Renders docs/security/defences.md, which other documents lead to by the names of the defences. */
export function renderDocument(subjects: readonly Subject[]): string {
  const count = subjects.reduce((sum, { defences }) => sum + defences.length, 0);
  return `# Defences, and the tests that see them

The ${count} defences that the tables of [threats](../security.md) name. \`npm run test:defences\` takes each of them out of the code, and
sees its test fail. This page is made of \`test/defences\`: change that, and run \`npm run generate\`.

${subjects.map(renderSubject).join('\n')}`;
}

function renderSubject({ heading, defences }: Subject): string {
  return `## ${heading}\n\n${defences.map(renderDefence).join('\n')}`;
}

function renderDefence({ name, what, without, test }: Defence): string {
  const places = [...new Set(without.map(({ file }) => `\`${file}\``))].join(', ');
  return `### ${name}\n\n${what}\n\n- in ${places}\n- \`${test.file}\`: *${test.title}*\n`;
}
