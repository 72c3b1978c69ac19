/**
 * Fails on an import circle, on an import upwards between packages, on a relative import that leaves its package, and on
 * an import of a test helper by a file that is published.
 * Type-only imports count: files in a circle can only be read and moved together.
 *
 *     node scripts/check-imports.ts [DIRECTORY]
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Circle, findCircles } from './imports/find-circles.ts';
import { floorFault } from './imports/floors.ts';
import { type Import, readImports } from './imports/read-imports.ts';
import { testHelperFault } from './imports/test-helpers.ts';

const root = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, '..'));
const imports = readImports(root);
const faults = [
  ...findCircles(imports).map(renderCircle),
  ...imports.flatMap((each) => renderFault('Import across packages', floorFault(each), each)),
  ...imports.flatMap((each) => renderFault('Import of a test helper', testHelperFault(each), each)),
];
for (const fault of faults) console.error(`${fault}\n`);
if (faults.length > 0) process.exitCode = 1;

function renderCircle(circle: Circle): string {
  const steps = circle.map((each) => `  ${place(each)} imports ${each.to}`);
  return [
    `Import circle of ${circle.length}: cut one of these imports, type-only ones included, by moving what both files need to a file of its own`,
    ...steps,
  ].join('\n');
}

function renderFault(kind: string, fault: string | undefined, each: Import): readonly string[] {
  return fault === undefined ? [] : [`${kind}: ${fault}\n  ${place(each)} imports ${each.to}`];
}

/** Place of an import: file and line. */
function place({ from, specifier }: Import): string {
  const lines = readFileSync(path.join(root, from), 'utf8').split('\n');
  const line = lines.findIndex((each) =>
    ["'", '"', '`'].some((quote) => each.includes(quote + specifier + quote)),
  );
  return line === -1 ? from : `${from}:${line + 1}`;
}
