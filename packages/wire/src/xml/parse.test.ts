import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { WireError } from '../error.ts';
import { refusalOf } from '../fixtures/refusal-of.ts';
import { encodeUtf8 } from '../values/utf8.ts';
import type { XmlElement } from './element.ts';
import { escapeXml } from './escape.ts';
import { parseXml } from './parse.ts';

const parse = (text: string) => parseXml(encodeUtf8(text));
const refusal = (text: string) => refusalOf(() => parse(text)).message;

test('a document gives its elements in order, with their attributes and text', () => {
  const root = parse(`<?xml version="1.0" encoding="UTF-8"?>
<a:list xmlns:a="urn:x" kind='small'>
  <item n="1">one</item><!-- between --><item/>
</a:list>
`);
  assert.equal(root.name, 'list');
  assert.deepEqual(
    [...root.attributes],
    [
      ['xmlns:a', 'urn:x'],
      ['kind', 'small'],
    ],
  );
  assert.deepEqual(
    root.children.map(({ name, text, attributes }) => [name, text, [...attributes]]),
    [
      ['item', 'one', [['n', '1']]],
      ['item', '', []],
    ],
  );
});

test('text is what its references and sections say, in one piece', () => {
  assert.equal(parse('<t>a&amp;b&#65;&#x1F44D;<![CDATA[<&amp;]]> <!-- no -->!</t>').text, 'a&bA👍<&amp; !');
});

test('a control character may be referred to, as in the keys that S3 lists', () => {
  assert.equal(parse('<Key>a&#x1;b</Key>').text, 'a\x01b');
});

test('line breaks are line feeds, unless they are written as references', () => {
  assert.equal(parse('<t>a\r\nb\rc&#xD;d</t>').text, 'a\nb\nc\rd');
  assert.equal(parse('<t a="1\n2&#xA;3"/>').attributes.get('a'), '1 2\n3');
});

test('what is not XML is refused, saying where', () => {
  const at = (place: string, reason: string) => `Cannot parse the XML body: ${reason} at ${place}`;
  assert.equal(refusal(''), at('line 1, column 1', 'unexpected end'));
  assert.equal(refusal('<a>\n<b></a>'), at('line 2, column 8', 'unexpected end tag'));
  assert.equal(refusal('<a b="1" b="2"/>'), at('line 1, column 15', 'repeated attribute'));
  assert.equal(refusal('<a>\n\x01</a>'), at('line 2, column 1', 'forbidden character'));
});

for (const [what, text] of Object.entries({
  'two roots': '<a/><a/>',
  'text before the root': 'x<a/>',
  'text after the root': '<a/>x',
  'an end tag alone': '</a>',
  'a root that does not end': '<a><b/>',
  'an attribute without quotes': '<a b=1/>',
  'an attribute without a value': '<a b/>',
  'attributes that touch': '<a b="1"c="2"/>',
  'a < in an attribute': '<a b="<"/>',
  'a name that starts with a digit': '<1/>',
  'an unknown entity': '<a>&nbsp;</a>',
  'an entity named like a property of objects': '<a>&toString;</a>',
  'an unfinished reference': '<a>&amp</a>',
  'a reference to NUL': '<a>&#0;</a>',
  'a reference to half of a character': '<a>&#xD800;</a>',
  'a reference beyond Unicode': '<a>&#x110000;</a>',
  'the end of a section in text': '<a>]]></a>',
  'an unfinished section': '<a><![CDATA[</a>',
  'a section outside of the root': '<![CDATA[]]><a/>',
  'an unfinished comment': '<a/><!-- ',
  'two dashes in a comment': '<a/><!-- -- -->',
  'a document type': '<!DOCTYPE a><a/>',
  'a declaration that is not first': '<!-- a --><?xml version="1.0"?><a/>',
  'a declaration that comes again': '<?xml version="1.0"?> <?xml version="1.0"?><a/>',
})) {
  test(`${what} is refused`, () => {
    assert.match(refusal(text), /^Cannot parse the XML body: /);
  });
}

test('entities cannot be defined, so they cannot grow or read files', () => {
  assert.match(
    refusal('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    /unexpected markup/,
  );
});

test('bytes that are not UTF-8 are refused', () => {
  const message = refusalOf(() => parseXml(new Uint8Array([0x3c, 0xff]))).message;
  assert.equal(message, 'Cannot read the body: it is not UTF-8');
});

test('elements may be nested 256 deep', () => {
  const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
  parse(nested(256));
  assert.match(refusal(nested(257)), /elements nested deeper than 256 at line 1, column 771/);
});

test('long input is refused in time that grows with its length, and without filling the stack', () => {
  const long = 1_000_000;
  for (const start of ['<a ', '<a b', '<a b="', '<!--', '<a><![CDATA[', '<a>&#', '<a>&', '</a', '<?']) {
    for (const fill of [' ', 'b', '-', '="1" b', '&', '1']) refusal(start + fill.repeat(long / fill.length));
  }
});

const name = fc.stringMatching(/^[a-z_é][a-z0-9_.-]{0,5}$/);
const characters = fc
  .string({ unit: 'binary' })
  .map((text) => text.replace(/[^\t\n\r -\ud7ff\ue000-\ufffd]/g, ''));
const attributes = fc
  .array(fc.tuple(name, characters))
  .map((entries) => new Map(entries.map(([key, value]) => [key, value.replace(/[\t\n]/g, '')])));

function elementOf(depth: number): fc.Arbitrary<XmlElement> {
  const children = depth === 0 ? fc.constant([]) : fc.array(elementOf(depth - 1), { maxLength: 3 });
  return fc.record({ name, attributes, children, text: characters }, { noNullPrototype: true });
}

const element = elementOf(3);

function print({ name, attributes, children, text }: XmlElement): string {
  const printed = [...attributes].map(([key, value]) => ` ${key}="${escapeXml(value)}"`).join('');
  return `<${name}${printed}>${children.map(print).join('')}${escapeXml(text)}</${name}>`;
}

test('a document that is printed and parsed again is the same', () => {
  fc.assert(
    fc.property(element, (root) => {
      assert.deepEqual(parse(print(root)), root);
    }),
  );
});

test('whatever is parsed, the only error is a WireError', () => {
  const isRefusedOrRead = (body: Uint8Array) => {
    try {
      parseXml(body);
    } catch (error) {
      assert(error instanceof WireError, String(error));
    }
  };
  const piece = fc.constantFrom(
    '<a',
    '<',
    '>',
    '/>',
    '</a>',
    ' ',
    'b=',
    '"',
    "'",
    '&',
    '#x1;',
    'amp;',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?xml',
    '?>',
    'é',
    '\r',
  );
  const mutated = fc
    .tuple(element.map(print), fc.nat(), fc.nat(4), piece)
    .map(
      ([text, at, drop, put]) =>
        text.slice(0, at % text.length) + put + text.slice((at % text.length) + drop),
    );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), isRefusedOrRead), { numRuns: 1000 });
  fc.assert(
    fc.property(
      fc.oneof(
        mutated,
        fc.array(piece).map((pieces) => pieces.join('')),
      ),
      (text) => isRefusedOrRead(encodeUtf8(text)),
    ),
    { numRuns: 5000 },
  );
});
