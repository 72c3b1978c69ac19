import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Latchkey } from 'latchkey/testing';
import { readableText } from '../../packages/server/src/typed-clients/testing/pages.ts';
import { skipWithoutAwsModels, startInstanceWithAwsModels } from './harness/aws-models.ts';
import { DenoUser } from './harness/deno.ts';
import {
  type DocNode,
  type DocSymbol,
  parseDocs,
  printMethod,
  printProperty,
  printType,
  propertiesIn,
} from './harness/deno-doc-json.ts';
import { startInstance } from './harness/instance.ts';

suite('everything that deno doc tells of a module, its reference tells', () => {
  for (const { name, skip, start } of [
    { name: 'ssooidc', skip: false, start: startInstance },
    { name: 'sso', skip: false, start: startInstance },
    { name: 'dynamodb', skip: skipWithoutAwsModels, start: startInstanceWithAwsModels },
  ]) {
    test(name, { skip }, async (t) => {
      await using latchkey = await start();
      await using denoUser = await DenoUser.of(latchkey);
      const module = `${latchkey.url}/v0.4/services/${name}.ts?docs=full`;
      const { exitCode, stdout, stderr } = await denoUser.run('doc', ['--json', module]);
      assert.equal(exitCode, 0, stderr);
      const symbols = parseDocs(stdout);
      const missing: string[] = [];
      let told = 0;
      for (const symbol of symbols) {
        for (const { page, claims } of claimsOf(symbol)) {
          const text = await open(latchkey, `/v0.4/docs/${name}/${page}`);
          told += claims.length;
          missing.push(
            ...claims.filter((claim) => !holds(text, claim)).map((claim) => `${page}: ${claim.text}`),
          );
        }
      }
      t.diagnostic(`${told} things told of ${symbols.length} symbols`);
      assert.ok(told > symbols.length * 2);
      assert.deepEqual(missing, []);
    });
  }
});

/** Something told: as code, in words, or as the line where it stands. */
interface Claim {
  readonly as: 'code' | 'words' | 'line';
  readonly text: string;
}

interface Page {
  readonly page: string;
  readonly claims: readonly Claim[];
}

/** What is told of a symbol, by the page that should tell it. */
function claimsOf({ name, declarations }: DocSymbol): readonly Page[] {
  return declarations.flatMap((declaration) => {
    const { constructors = [], methods = [], properties = [], tsType } = declaration.def;
    const members = [...properties, ...(tsType === undefined ? [] : propertiesIn(tsType))];
    return [
      {
        page: name,
        claims: [
          ...tellingsOf(declaration, name),
          ...(tsType === undefined ? [] : [code(`type${name}=${printType(tsType)};`)]),
          ...members.flatMap((member) => [
            code(printProperty(member)),
            // Every error has a name: that of one has no line of its own to be linked to.
            ...tellingsOf(member, member.name === 'name' ? undefined : `${name}.${member.name}`),
          ]),
          ...constructors.flatMap((member) => tellingsOf(member, `${name}.constructor`)),
        ],
      },
      ...methods.map((method) => ({
        page: `${name}.${method.name}`,
        claims: [code(printMethod(method)), ...tellingsOf(method, `${name}.${method.name}`)],
      })),
    ];
  });
}

function tellingsOf({ jsDoc = {}, location }: DocNode, place: string | undefined): readonly Claim[] {
  const { doc = '', tags = [] } = jsDoc;
  return [
    { as: 'words', text: doc },
    ...tags.flatMap((tag): readonly Claim[] => [
      ...(tag.doc === undefined ? [] : [{ as: 'words' as const, text: tag.doc }]),
      ...(tag.tsType === undefined ? [] : [code(printType(tag.tsType))]),
    ]),
    ...(place === undefined ? [] : [{ as: 'line' as const, text: `#L${location.line + 1} ${place}` }]),
  ];
}

function code(text: string): Claim {
  return { as: 'code', text };
}

interface OpenPage {
  readonly words: string;
  readonly code: string;
  readonly lines: ReadonlySet<string>;
}

async function open(latchkey: Latchkey, target: string): Promise<OpenPage> {
  const response = await fetch(latchkey.url + target);
  // A place to wrap stands in the middle of a name.
  const folded = (await response.text()).replaceAll(/<wbr[^>]*>/g, '');
  assert.equal(response.status, 200, target);
  // What opens a fold stands in the middle of a text.
  const markup = folded.replaceAll(/<summary>More<span class="spoken">[^<]*<\/span><\/summary>/g, '');
  const text = readableText(markup);
  const sources = markup.matchAll(/(#L\d+)">\[src\]<span class="spoken"> of ([\w$.]+)</g);
  return {
    words: lettersOf(text),
    code: text.replaceAll(/\s+/g, '').replaceAll(',)', ')').replaceAll('=|', '='),
    lines: new Set(Array.from(sources, ([, line, place]) => `${line} ${place}`)),
  };
}

function holds(page: OpenPage, { as, text }: Claim): boolean {
  switch (as) {
    case 'code':
      return page.code.includes(text);
    case 'words':
      return page.words.includes(lettersOf(withoutMarks(text)));
    case 'line':
      return page.lines.has(text);
  }
}

/** What is left of words when marks of Markdown and of typesetting are not looked at. */
function lettersOf(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/** Without the addresses of links, which a page has in attributes, and the numbers of lists, which a browser adds. */
function withoutMarks(markdown: string): string {
  return markdown
    .replaceAll(/\]\((?:<[^>]*>|(?:[^()\s]|\([^()]*\))*)\)/g, ']')
    .replaceAll(/^\s*\d+\. /gm, '');
}
