import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { escapeXml } from './escape.ts';

test('markup is escaped, and so is a carriage return, which a parser would read as a line feed', () => {
  assert.equal(escapeXml(`<a b="c">'&\r\n`), `&lt;a b=&quot;c&quot;&gt;'&amp;&#xD;\n`);
});

test('what XML 1.0 cannot hold becomes a replacement character', () => {
  assert.equal(escapeXml('\0\b\x1f\ud800\ufffe👍é'), '\ufffd\ufffd\ufffd\ufffd\ufffd👍é');
});

test('no text gets markup or a forbidden character into a document', () => {
  const allowed = /^(?:[\t\n !#-%'-;=?-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|&(?:lt|gt|amp|quot|#xD);)*$/u;
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.match(escapeXml(text), allowed)));
});
