import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** Sections of which every message is one of ours. */
const OURS = ['In the browser', 'Starting Latchkey', "In Latchkey's log"];

const sections = new Map(
  read('docs/troubleshooting.md')
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section]),
);

/** The sources, with `…` for what a program fills in. */
const sources = globSync('packages/{server,client,wire}/src/**/*.{ts,js,cjs}', { cwd: root })
  .filter((file) => !/\.test\.ts$|\/(?:testing|fixtures|generated)\//.test(file))
  .map((file) => normalize(read(file).replaceAll(/\$\{[^{}]*\}/g, '…')));

/** Messages at the beginning of an entry, which stand in bold and as code. */
function messagesOf(section: string): readonly string[] {
  return Array.from(section.matchAll(/\*\*`([^`]+)`\*\*/g), ([, message = '']) => message);
}

/** What a client shows of a message of ours stands behind the name of the operation. */
function quotedByClients(section: string): readonly string[] {
  return messagesOf(section).flatMap((message) => / operation: (?!…$)(.+)$/.exec(message)?.[1] ?? []);
}

/** Whether the sources have this message, in one text or in two that follow one another. */
function isInSources(message: string): boolean {
  const words = normalize(message).split(' ');
  return words.some((_, index) => {
    const parts = [words.slice(0, index), words.slice(index)].map((part) => part.join(' '));
    return parts.every((part) => sources.some((source) => source.includes(part.replace(/:$/, ''))));
  });
}

/** Makes what is filled in look the same, whether it is one value or several with signs between them. */
function normalize(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/["“]?…(?:[.:/]?…)*["”]?/g, '…')
    .trim();
}

test('docs/troubleshooting.md quotes messages of Latchkey only as they are in its sources', () => {
  const ours = [
    ...OURS.flatMap((name) => messagesOf(sections.get(name) ?? '')),
    ...quotedByClients(sections.get('AWS CLI and boto3') ?? ''),
  ];
  assert.ok(ours.length > 35, `only ${ours.length} messages were found`);
  assert.deepEqual(
    ours.filter((message) => !isInSources(message)),
    [],
  );
});
