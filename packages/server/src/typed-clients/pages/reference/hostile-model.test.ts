import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { send } from '../../../http/testing/api.ts';
import { linksOf, readableText, startWithModels } from '../../testing/pages.ts';

/** Ends whatever it stands in, and begins what must not begin. */
const evil = `"'></pre></code></script></style></title><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>&lt;b&gt; \${1} \u2028`;

const ns = 'example.hostile';
const model = {
  smithy: '2.0',
  shapes: {
    [`${ns}#Hostile`]: {
      type: 'service',
      version: evil,
      operations: [{ target: `${ns}#Act` }],
      traits: {
        'smithy.api#title': evil,
        'smithy.api#documentation': `<p>${evil}</p>`,
        'smithy.api#externalDocumentation': {
          [evil]: 'https://example.com/"><script>',
          Trap: 'javascript:alert(1)',
        },
        'aws.api#service': { sdkId: 'Hostile' },
        'aws.auth#sigv4': { name: evil },
        'aws.protocols#restJson1': {},
      },
    },
    [`${ns}#Act`]: {
      type: 'operation',
      input: { target: `${ns}#ActInput` },
      output: { target: `${ns}#ActOutput` },
      errors: [{ target: `${ns}#Refused` }],
      traits: {
        'smithy.api#documentation': evil,
        'smithy.api#deprecated': { message: evil, since: evil },
        'smithy.api#http': { method: 'POST', uri: '/act', code: 200 },
        'smithy.api#examples': [
          { title: evil, documentation: evil, input: { word: evil, [evil]: evil }, output: { kind: evil } },
          {
            title: evil,
            input: { word: evil },
            error: { shapeId: `${ns}#Refused`, content: { message: evil } },
          },
        ],
        'smithy.waiters#waitable': {
          Acted: {
            documentation: evil,
            acceptors: [
              {
                state: 'success',
                matcher: { output: { path: 'kind', comparator: 'stringEquals', expected: evil } },
              },
            ],
          },
        },
      },
    },
    [`${ns}#ActInput`]: {
      type: 'structure',
      members: {
        word: {
          target: 'smithy.api#String',
          traits: {
            'smithy.api#documentation': evil,
            'smithy.api#pattern': evil,
            'smithy.api#default': evil,
            'smithy.api#recommended': { reason: evil },
            'smithy.api#jsonName': evil,
            'smithy.api#mediaType': evil,
          },
        },
      },
    },
    [`${ns}#ActOutput`]: { type: 'structure', members: { kind: { target: `${ns}#Kind` } } },
    [`${ns}#Kind`]: {
      type: 'enum',
      members: {
        EVIL: {
          target: 'smithy.api#Unit',
          traits: { 'smithy.api#enumValue': evil, 'smithy.api#documentation': evil },
        },
      },
    },
    [`${ns}#Refused`]: {
      type: 'structure',
      members: { message: { target: 'smithy.api#String' } },
      traits: { 'smithy.api#error': 'client', 'smithy.api#documentation': `<p>${evil}</p>` },
    },
  },
};

const latchkey = await startWithModels({ hostile: model });
after(() => latchkey.close());

for (const page of [
  '/v0.4/docs/hostile',
  '/v0.4/docs/hostile/Hostile',
  '/v0.4/docs/hostile/Hostile.act',
  '/v0.4/docs/hostile/Hostile.act/wire',
  '/v0.4/docs/hostile/ActInput',
  '/v0.4/docs/hostile/ActOutput',
  '/v0.4/docs/hostile/Kind',
  '/v0.4/docs/hostile/Refused',
  '/v0.4/search?q=alert',
  `/v0.4/search?q=${encodeURIComponent(evil)}`,
  '/v0.4/services/hostile.ts?docs=full',
  '/v0.4/services',
]) {
  test(`markup in a model is text on ${page.slice(0, 60)}`, async () => {
    const { status, text } = await send(latchkey, page, { headers: { accept: 'text/html' } });
    assert.equal(status, 200);
    assertInert(text);
    assert.match(readableText(text), /hostile/i);
  });
}

for (const name of [evil, `Hostile.${evil}`, '__proto__', 'constructor', 'Hostile.__proto__']) {
  test(`markup in the name of an unknown symbol is text: ${name.slice(0, 30)}`, async () => {
    const page = `/v0.4/docs/hostile/${encodeURIComponent(name)}`;
    const { status, text } = await send(latchkey, page, { headers: { accept: 'text/html' } });
    assert.equal(status, 404);
    assertInert(text);
  });
}

const elements =
  'html head meta title link body header a svg circle path nav main footer form label input button details summary ul ol li p h1 h2 h3 h4 pre code span section div dl dt dd small strong em br wbr mark fieldset legend var'.split(
    ' ',
  );

/** Only our own elements and attributes, whole, and links that lead to pages. */
function assertInert(markup: string): void {
  const ownScript =
    /<script src="\/assets\/reference\.js\?v=[0-9a-f]{16}" integrity="sha256-[\w+/]+=*" defer><\/script>/;
  const [, ...tags] = markup.replace('<!doctype html>', '').replace(ownScript, '').split('<');
  for (const tag of tags) {
    const [whole, name = ''] = /^\/?([a-z][a-z0-9]*)(?:\s+[a-z-]+(?:="[^"]*")?)*\s*\/?>/i.exec(tag) ?? [];
    assert.ok(whole !== undefined && elements.includes(name), tag);
    assert.doesNotMatch(whole.replaceAll(/"[^"]*"/g, ''), /\s(?:on\w+|style|src)=/, tag);
  }
  for (const href of linksOf(markup)) assert.match(href, /^(?:\/|#|https:\/\/example\.com\/)/);
}
