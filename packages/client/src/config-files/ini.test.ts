import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { parseIni } from './ini.ts';

/** As plain objects, which compare and print well. */
function read(text: string): unknown {
  return parseIni(text, 'config').map(({ heading, values, nested }) => [
    heading,
    Object.fromEntries(values),
    ...(nested.size > 0
      ? [Object.fromEntries(Array.from(nested, ([key, inner]) => [key, Object.fromEntries(inner)]))]
      : []),
  ]);
}

suite('parseIni', () => {
  test('reads sections and settings, whatever the spaces around them', () => {
    assert.deepEqual(read('[profile dev]\nregion=eu-central-1\n\n[ default ]\r\nOutput \t= json\r\n'), [
      ['profile dev', { region: 'eu-central-1' }],
      ['default', { output: 'json' }],
    ]);
  });

  test('leaves out comments, but not a sign that is part of a value', () => {
    const text =
      '# one\n; two\n[a] # three\nkey = value # four\nurl = https://host/#/start\n  # five\nkey2 = a;b ; six';
    assert.deepEqual(read(text), [['a', { key: 'value', url: 'https://host/#/start', key2: 'a;b' }]]);
  });

  test('reads settings under a key without a value as settings of their own', () => {
    const text =
      '[services local]\nsso =\n  endpoint_url = http://localhost:1\n\n  retries = 2\nsts =\n  endpoint_url = http://localhost:2';
    assert.deepEqual(read(text), [
      [
        'services local',
        { sso: '', sts: '' },
        {
          sso: { endpoint_url: 'http://localhost:1', retries: '2' },
          sts: { endpoint_url: 'http://localhost:2' },
        },
      ],
    ]);
  });

  test('takes an indented line under a value as its next line', () => {
    assert.deepEqual(read('[a]\nkey = one\n  two'), [['a', { key: 'one\ntwo' }]]);
  });

  test('lets a section and a key come again, the later value winning', () => {
    assert.deepEqual(read('[a]\nx = 1\ny = 1\n[b]\n[a]\ny = 2'), [
      ['a', { x: '1', y: '2' }],
      ['b', {}],
    ]);
  });

  test('reads a file that begins with a byte order mark', () => {
    assert.deepEqual(read('\uFEFF[a]\nx = 1'), [['a', { x: '1' }]]);
  });

  for (const [what, text, message] of [
    [
      'a section that does not close',
      '[a]\nx = 1\n[profile b',
      /"config", line 3: expected a section such as/,
    ],
    ['a line without "="', '[a]\nregion', /"config", line 2: expected "key = value"/],
    ['a setting without a key', '[a]\n= 1', /line 2: expected "key = value"/],
    ['a setting before any section', 'x = 1', /line 1: .* before the first setting/],
    ['an indented line that continues nothing', '[a]\n  x = 1', /line 2: .* without indentation/],
    ['a line without "=" under a key without a value', '[a]\ns3 =\n  what', /line 3: .* under "s3"/],
  ] as const) {
    test(`refuses ${what}, saying where`, () => {
      assert.throws(() => read(text), { name: 'ClientError', code: 'badConfiguration', message });
    });
  }

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

  test('reads or refuses any text, and a refusal names a line that the text has', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('[a]', 'x = 1', ' y = 2', 's3 =', '# z', '', '[', ' v'),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n');
        try {
          parseIni(text, 'config');
        } catch (error) {
          assert.ok(error instanceof Error && error.name === 'ClientError', String(error));
          const named = Number(/line (\d+)/.exec(error.message)?.[1]);
          assert.ok(named >= 1 && named <= text.split('\n').length, error.message);
        }
      }),
    );
  });
});
