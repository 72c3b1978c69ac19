import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as yaml from 'yaml';
import { ConfigError } from './config-error.ts';
import { parseConfigFile } from './config-file.ts';
import { parseCutText } from './cut-config-file.ts';
import { type ConfigFile, ParsedYaml } from './parse-yaml.ts';
import type { Path } from './settings-tree.ts';

/** What a text is as a whole, and with each item of a list parsed by itself. */
async function bothWays(text: string) {
  const inParts = await outcomeOf(() => parseConfigFile(text, 'file', { bounds: { maxItemsAtOnce: 1 } }));
  const whole = await outcomeOf(async () => {
    const parsed = new ParsedYaml(yaml, text, 'file');
    if (parsed.problems.length > 0) throw new ConfigError(parsed.problems.slice(0, 10));
    return Object.assign(parsed, { content: parsed.toContent() });
  });
  return { inParts, whole };
}

async function outcomeOf(parse: () => Promise<ConfigFile>) {
  try {
    return { file: await parse() };
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return { problems: error.message };
  }
}

/** Every path of a content, and some that are not there. */
function pathsIn(content: unknown, path: Path = []): Path[] {
  if (typeof content !== 'object' || content === null) return [path, [...path, 'no']];
  return [
    path,
    [...path, 'no'],
    [...path, 7],
    ...Object.entries(content).flatMap(([key, value]) =>
      pathsIn(value, [...path, Array.isArray(content) ? Number(key) : key]),
    ),
  ];
}

async function assertSameBothWays(text: string): Promise<void> {
  const { inParts, whole } = await bothWays(text);
  assert.equal(inParts.problems, whole.problems, text);
  assert.deepEqual(inParts.file?.content, whole.file?.content, text);
  for (const path of pathsIn(whole.file?.content)) {
    for (const part of ['key', 'value'] as const) {
      const message = `${part} ${path.join('.')} of ${text}`;
      assert.deepEqual(inParts.file?.locate(path, part), whole.file?.locate(path, part), message);
    }
    assert.equal(inParts.file?.findSource(path), whole.file?.findSource(path), path.join('.'));
  }
}

const scalar = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('&anchor x', '*anchor', '!tag x', '!!str 7') },
  {
    weight: 40,
    arbitrary: fc.constantFrom(
      'alice',
      '"012345678901"',
      '012345678901',
      'a b',
      "'it''s'",
      '"\\u00e9\\n"',
      '~',
      '',
      'true',
      '7',
      '[a, b]',
      '{ a: b, c: [d] }',
      '[]',
      'é 你 😀',
      'R & D',
      '"# no comment"',
      'a # a comment',
      '"- a: b"',
      '$argon2id$v=19$m=19456,t=2,p=1$c29tZQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
    ),
  },
  { weight: 10, arbitrary: fc.string({ maxLength: 8 }).map((text) => JSON.stringify(text)) },
);

/** A value that runs over several lines, with what may look like something else, and its lines below an indentation. */
const longValue = fc
  .tuple(
    fc.constantFrom('|', '>', '|-', '|+', '>-', '|2', '"', "'", '[', '{', ''),
    fc.array(
      fc.constantFrom(
        'text',
        '# text',
        '- item',
        'users:',
        'a: b',
        '',
        '  more',
        '\ttab',
        '"',
        "'",
        ']',
        '}',
        '---',
        '...',
      ),
      { maxLength: 4 },
    ),
    fc.nat(3),
  )
  .map(([style, lines, less]) => (indent: number) => {
    const below = lines.map((line) => `${' '.repeat(Math.max(0, indent + 2 - less))}${line}`);
    const close =
      new Map([
        ['"', '"'],
        ["'", "'"],
        ['[', ']'],
        ['{', '}'],
      ]).get(style) ?? '';
    return [style, ...below].join('\n') + close;
  });

const value = fc.oneof(
  { weight: 4, arbitrary: scalar.map((text) => () => text) },
  { weight: 1, arbitrary: longValue },
);

const noise = fc.constantFrom('', '', '', '\n', '# comment\n', '    # comment\n', '  \n', '\t\n', '\n\n');

const item = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom('name', 'email', 'members', 'users'), value, noise), { maxLength: 3 }),
    value,
    noise,
  )
  .map(([pairs, single, after]) => (indent: number) => {
    const pad = ' '.repeat(indent);
    if (pairs.length === 0) return `${pad}- ${single(indent)}\n${after}`;
    const lines = pairs.map(([key, text, between]) => `${key}: ${text(indent + 2)}\n${between}`);
    return `${pad}- ${lines.join(`${pad}  `)}${after}`;
  });

const section = fc
  .tuple(
    fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom('users', 'groups', 'accounts', 'listen', 'log') },
      { weight: 1, arbitrary: fc.constantFrom('"quoted"', '? odd', 'x-y') },
    ),
    fc.oneof(
      { weight: 1, arbitrary: value.map((text) => ` ${text(0)}\n`) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(
            fc.constantFrom('', ' # people', ' '),
            noise,
            fc.constantFrom(0, 1, 2, 4),
            fc.array(item, { maxLength: 4 }),
          )
          .map(
            ([behind, before, indent, items]) =>
              `${behind}\n${before}${items.map((each) => each(indent)).join('')}`,
          ),
      },
      { weight: 1, arbitrary: value.map((text) => `\n  key: ${text(2)}\n  other: 1\n`) },
    ),
    noise,
  )
  .map(([key, body, after]) => ({ key, text: `${key}:${body}${after}` }));

const sections = fc.oneof(
  { weight: 9, arbitrary: fc.uniqueArray(section, { maxLength: 4, selector: ({ key }) => key }) },
  { weight: 1, arbitrary: fc.array(section, { maxLength: 4 }) },
);

const document = fc
  .tuple(
    fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom('', '---\n', '# head\n', '# head\n---\n') },
      { weight: 1, arbitrary: fc.constantFrom('---\n---\n', '%YAML 1.2\n---\n', '\uFEFF') },
    ),
    sections,
    fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom('', '\n') },
      { weight: 1, arbitrary: fc.constantFrom('...\n', '---\n', 'rest') },
    ),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([head, keys, tail, lineEnd]) =>
    `${head}${keys.map(({ text }) => text).join('')}${tail}`.replaceAll('\n', lineEnd),
  );

test('a file that is parsed in parts has the content, problems and positions that it has as a whole', async () => {
  await fc.assert(fc.asyncProperty(document, assertSameBothWays), { numRuns: 1_000 });
});

test('a file that is cut off, or has anything inserted, is the same in parts and as a whole', async () => {
  const inserted = fc.constantFrom(
    '',
    '"',
    "'",
    '[',
    '}',
    '\n',
    '\n- ',
    '\nusers:\n',
    '  ',
    '\t',
    '- ',
    ':',
    '#',
    '&a ',
    '|\n',
  );
  await fc.assert(
    fc.asyncProperty(document, fc.nat(400), fc.nat(8), inserted, async (text, at, length, other) => {
      await assertSameBothWays(text.slice(0, at) + other + text.slice(at + length));
    }),
    { numRuns: 1_000 },
  );
});

test('of generated files without faults a good part is parsed in parts', () => {
  const kinds: string[] = [];
  for (const text of fc.sample(document, { numRuns: 1_000, seed: 1 })) {
    if (new ParsedYaml(yaml, text, 'file').problems.length > 0) continue;
    kinds.push(
      parseCutText(yaml, text, {
        ...{ name: 'file', without: new Set<string>(), maxItemsAtOnce: 1, maxWhole: 1_000 },
      }).kind,
    );
  }
  const inParts = kinds.filter((kind) => kind === 'parsed');
  assert.ok(inParts.length > kinds.length / 3, `${inParts.length} of ${kinds.length}`);
});

const people = Array.from(
  { length: 50 },
  (_, index) => `  - userName: u${index}\n    email: u${index}@example.com\n`,
);
const users = `users:\n${people.join('')}groups:\n  - { name: all, members: [u1] }\n`;
const bounds = { maxItemsAtOnce: 5, maxWhole: 1_000, maxWholeForErrors: 1_000 };

test('of a long file that has syntax errors, the first one is told with its position', async () => {
  const faults = {
    'userName: [u33': /^file:69:5: the indentation does not fit, or a bracket is not closed/,
    '\tuserName: u33': /^file:68:4: a tab is used to indent/,
    'userName: u33: x': /^file:68:15: a second key on one line/,
    'userName: u33\n    userName: x': /^file:69:5: this key stands in the mapping twice/,
    'userName: %u33': /^file:68:15: text that begins with this character needs quotes/,
  };
  for (const [fault, expected] of Object.entries(faults)) {
    const text = users.replace('userName: u33', fault);
    const { problems = '' } = await outcomeOf(() => parseConfigFile(text, 'file', { bounds }));
    const whole = new ParsedYaml(yaml, text, 'file').problems;
    assert.match(problems, expected);
    assert.equal(problems, new ConfigError(whole.slice(0, 1)).message);
  }
});

test('of a long file with a quote that is not closed, the place is told up to which it could have been', async () => {
  const text = users.replace('userName: u33', 'userName: "u33');
  const { problems } = await outcomeOf(() => parseConfigFile(text, 'file', { bounds }));
  assert.match(problems ?? '', /^file:82:1: something is missing here: a closing quote or bracket/);
});

test('a long file that must be parsed as a whole is refused, with the line that is to be changed', async () => {
  const places = {
    'email: &a x': 69,
    'email: *a': 69,
    'email: !tag x': 69,
  };
  for (const [fault, line] of Object.entries(places)) {
    const text = users.replace('email: u33@example.com', fault);
    const { problems = '' } = await outcomeOf(() => parseConfigFile(text, 'file', { bounds }));
    assert.match(problems, new RegExp(`^file:${line}:1: with more than`), fault);
  }
  const inBrackets = `log:\n  level: info\nusers: [${'{ userName: alice },'.repeat(100)}]\n`;
  const { problems = '' } = await outcomeOf(() => parseConfigFile(inBrackets, 'file', { bounds }));
  assert.match(problems, /^file:1:1: with more than/);
});
