import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

interface Node {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}

/** The published schema, which `npm run check` keeps equal to `settings-schema.ts`. */
const schema: Node = JSON.parse(
  await readFile(new URL('../../generated/latchkey.schema.json', import.meta.url), 'utf8'),
);

/** Every mapping, list and value below a node, with its path. */
function* walk(node: Node, path: string): Iterable<readonly [path: string, node: Node]> {
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    yield [`${path}${key}`, child];
    yield* walk(child, `${path}${key}.`);
  }
  if (node.items !== undefined) {
    yield [`${path}[]`, node.items];
    yield* walk(node.items, `${path}[].`);
  }
}

test('every setting has a description that can be read alone: a sentence about its own subject', () => {
  const unclear = Array.from(walk(schema, ''), ([path, { description = '' }]) => `${path}: ${description}`)
    // A whole sentence, which points to nothing that was said before it.
    .filter(
      (line) =>
        !/: \p{Lu}.*\.$/u.test(line) ||
        /: (?:Of|From|Between|Such|These|Those|It|They)\b|\b(?:such|above|below)\b/.test(line),
    );
  assert.deepEqual(unclear, []);
});
