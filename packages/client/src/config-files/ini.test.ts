import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { parseIni } from './ini.ts';

/** As plain objects, which compare and print well. */
function read(text: string): unknown {
  const { sections, fault } = parseIni(text, 'config');
  for (const each of [fault, ...sections.map((section) => section.fault)]) assert.equal(each, undefined);
  return sections.map(({ heading, values, nested }) => [
    heading,
    Object.fromEntries(values),
    ...(nested.size > 0
      ? [Object.fromEntries(Array.from(nested, ([key, inner]) => [key, Object.fromEntries(inner)]))]
      : []),
  ]);
}

/** Faults of the file and of its sections. */
function faults(text: string, isUtf8 = true): Record<string, string> {
  const { sections, fault } = parseIni(text, 'config', isUtf8);
  return Object.fromEntries(
    [{ heading: 'the file', fault }, ...sections].flatMap(({ heading, fault: each }) =>
      each === undefined ? [] : [[heading, each]],
    ),
  );
}

suite('parseIni', () => {
  test('reads sections and settings, whatever the spaces around them', () => {
    assert.deepEqual(read('[profile dev]\nregion=eu-central-1\n\n[default]\r\nOutput \t= json\rx:y'), [
      ['profile dev', { region: 'eu-central-1' }],
      ['default', { output: 'json', x: 'y' }],
    ]);
  });

  test('takes what stands between the first bracket of a line and the last one for the heading', () => {
    assert.deepEqual(read('[a] text\n[ b ] # comment\n[c]]x\n[d] [e]'), [
      ['a', {}],
      [' b ', {}],
      ['c]', {}],
      ['d] [e', {}],
    ]);
  });

  test('parts key and value at the first of "=" and ":"', () => {
    assert.deepEqual(read('[a]\nx : 1 = 2\ny = 1 : 2\nz:\nurl = https://host'), [
      ['a', { x: '1 = 2', y: '1 : 2', z: '', url: 'https://host' }],
    ]);
  });

  test('leaves out lines that begin with "#" or ";", and keeps both in a value', () => {
    const text = '# one\n; two\n[a]\nkey = value # four\n  # five\n  more\n;six\nkey2 = a ; b';
    assert.deepEqual(read(text), [['a', { key: 'value # four\nmore', key2: 'a ; b' }]]);
  });

  test('reads settings that are indented under their heading', () => {
    assert.deepEqual(read('[a]\n    x = 1\n    y = 2\n  z = 3\n[b]'), [
      ['a', { x: '1', y: '2', z: '3' }],
      ['b', {}],
    ]);
  });

  test('reads settings under a key without a value as settings of their own, whose case is kept', () => {
    const text =
      '[services local]\nsso =\n  endpoint_url = http://localhost:1\n\n  Retries = 2 = 3\nsts:\n  endpoint_url = http://localhost:2';
    assert.deepEqual(read(text), [
      [
        'services local',
        { sso: '', sts: '' },
        {
          sso: { endpoint_url: 'http://localhost:1', Retries: '2 = 3' },
          sts: { endpoint_url: 'http://localhost:2' },
        },
      ],
    ]);
  });

  test('takes a deeper line under a value as its next line, also one that looks like a setting or a section', () => {
    assert.deepEqual(read('[a]\nkey = one\n  two\n\n  x = 1\n [b]\ny = 2\n'), [
      ['a', { key: 'one\ntwo\n\nx = 1\n[b]', y: '2' }],
    ]);
  });

  test('gives every section the settings of [DEFAULT] that it does not have itself', () => {
    assert.deepEqual(read('[a]\nx = 1\n[DEFAULT]\nx = 2\ny =\n  z = 3\n[DEFAULT]\nw = 4\n[b]\ny = 5'), [
      ['a', { x: '1', y: '', w: '4' }, { y: { z: '3' } }],
      ['b', { x: '2', y: '5', w: '4' }],
    ]);
  });

  test('takes for white space what Python takes for it', () => {
    assert.deepEqual(read('[a]\n\u00a0x\x1c=\u0085 1\u3000\nk = \ufeff\ns =\n  a = 1\u2028b = 2'), [
      ['a', { x: '1', k: '\ufeff', s: '' }, { s: { a: '1', b: '2' } }],
    ]);
  });

  for (const [what, text, expected] of [
    ['a section that does not close', '[a]\nx = 1\n[b\ny = 1', { b: 'line 3: expected a section such as' }],
    ['a line without "=" and ":"', '[a]\nregion\n[b]', { a: 'line 2: expected "key = value" or' }],
    ['a setting without a key', '[b]\n[a]\n = 1', { a: 'line 3: expected "key = value" or' }],
    ['brackets around nothing', '[a]\n[]\n[b]', { a: 'line 2: expected "key = value" or' }],
    ['a setting that comes again', '[a]\nx = 1\nX : 2\n[b]', { a: 'line 3: "x" is also in line 2' }],
    ['a section that comes again', '[a]\n[b]\n[a]', { a: 'line 3: [a] is also in line 1' }],
    ['a nested line without "="', '[a]\ns3 =\n\n  x : 1', { a: 'line 4: expected "key = value" under "s3"' }],
    ['a setting before any section', '# x\nx = 1\n[a]', { 'the file': 'line 2: expected a section' }],
    ['a fault in [DEFAULT]', '[DEFAULT]\nx\n[a]', { 'the file': 'line 2: expected "key = value" or' }],
    ['a byte order mark', '\ufeff[a]\nx = 1', { 'the file': 'line 1: the file begins with a byte' }],
  ] as const) {
    test(`finds ${what}, and says in which section and line`, () => {
      const found = faults(text);
      assert.deepEqual(Object.keys(found), Object.keys(expected));
      for (const [heading, start] of Object.entries(expected)) {
        assert.ok(found[heading]?.startsWith(`"config", ${start}`), found[heading]);
      }
    });
  }

  test('finds bytes that are no UTF-8, also in a comment', () => {
    assert.deepEqual(faults('[a]\n# Gr\ufffd\ufffde\n[b]', false), {
      a: '"config", line 2: it is not UTF-8; save the file as UTF-8',
    });
    assert.deepEqual(faults('[a]\n# Gr\ufffde\n[b]'), {});
  });

  const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,9}$/);
  const value = fc.stringMatching(/^[!-~]{0,12}$/).filter((text) => !/^[#;]/.test(text));

  test('reads back whatever is written', () => {
    const sections = fc.dictionary(word, fc.dictionary(word, value, { noNullPrototype: true }), {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(sections, fc.constantFrom('\n', '\r\n'), (written, lineBreak) => {
        const text = Object.entries(written)
          .flatMap(([heading, settings]) => [
            `[${heading}]`,
            ...Object.entries(settings).map(([key, setting]) => `${key} = ${setting}`),
          ])
          .join(lineBreak);
        assert.deepEqual(read(text), Object.entries(written));
      }),
    );
  });

  test('reads any text, and a fault names a line that the text has', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('[a]', 'x = 1', ' y = 2', 's3 =', '# z', '', '[', ' v'),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n');
        for (const fault of Object.values(faults(text))) {
          const named = Number(/line (\d+)/.exec(fault)?.[1]);
          assert.ok(named >= 1 && named <= text.split(/[\r\n]/).length, fault);
        }
      }),
    );
  });
});
