// Writes what is derived from the configuration's schema: the published JSON schema and the table of settings.
// With --check it writes nothing, and fails when one of them is out of date.

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { environmentVariable } from '../packages/server/src/config/environment.ts';
import { settingsSchema } from '../packages/server/src/config/settings-schema.ts';
import { listSettings, type Setting } from '../packages/server/src/config/settings-tree.ts';

process.chdir(path.join(import.meta.dirname, '..'));

const schemaFile = 'packages/server/generated/latchkey.schema.json';
const guideFile = 'docs/configuration.md';

const tableBegin = '<!-- settings: made by scripts/generate-config-schema.ts -->\n';
const tableEnd = '<!-- end of settings -->';

/** Renders the JSON schema. What it cannot express (a well-formed hash, a valid URL) is left to `latchkey check`. */
function renderJsonSchema(): string {
  const schema = toJsonSchema(settingsSchema, { typeMode: 'input', ignoreActions: ['check'] });
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function renderTable(): string {
  const rows = listSettings(settingsSchema).map((setting) => [
    `\`${setting.path.join('.')}\``,
    renderDefault(setting),
    setting.description,
    `\`${environmentVariable(setting.path)}\``,
  ]);
  const header = ['setting', 'default', 'what it is', 'environment variable'];
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const renderRow = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  return `${[header, rule, ...rows].map(renderRow).join('\n')}\n`;
}

function renderDefault({ default: value }: Setting): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '';
  return `\`${value}\``;
}

function replaceTable(guide: string): string {
  const [before, rest] = guide.split(tableBegin);
  const after = rest?.split(tableEnd)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`Write the table of settings: its markers are not in ${guideFile}`);
  }
  return `${before}${tableBegin}\n${renderTable()}\n${tableEnd}${after}`;
}

const derived = [
  { file: schemaFile, text: renderJsonSchema() },
  { file: guideFile, text: replaceTable(await readFile(guideFile, 'utf8')) },
];

for (const { file, text } of derived) {
  const current = await readFile(file, 'utf8').catch(() => undefined);
  if (current === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`${file} is out of date: run \`npm run generate\``);
    process.exitCode = 1;
  } else {
    await writeFile(file, text);
  }
}
