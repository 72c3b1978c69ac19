import fc from 'fast-check';

// Files of the kinds that people have, and of those that they do not: whatever a parser could take in two ways.

const spaces = fc.constantFrom(
  '',
  '',
  '',
  ' ',
  '  ',
  '\t',
  ' \t ',
  '\u00a0',
  '\f',
  '\v',
  '\u0085',
  '\u2028',
  '\x1c',
);
const indents = fc.constantFrom('', '', '', '', '', ' ', '  ', '    ', '\t', '\u3000', '\v');
const names = fc.oneof(
  fc.constantFrom('a', 'b', 'default', 'two words', 'A', 'ü', 'x.y', "it's", 'a\\b', '', '%(a)s', 'a]b'),
  fc.stringMatching(/^[a-z]{1,3}$/),
);
const quotes = fc.constantFrom('', '', '', '"', "'");
const quotedName = fc.tuple(quotes, names, quotes).map(([open, name, close]) => {
  const end = close === '' ? open : close;
  return `${open}${name}${end}`;
});
const keys = fc.oneof(
  fc.stringMatching(/^[a-zA-Z_]{1,4}$/),
  fc.constantFrom(
    'region',
    'Region',
    'output',
    'aws_access_key_id',
    'aws_secret_access_key',
    'aws_session_token',
    'aws_security_token',
    'aws_account_id',
    's3',
    'sso',
    'two words',
    'İ',
    'ΑΣ',
    'a.b',
  ),
);
const values = fc.oneof(
  fc.constantFrom(
    'eu-west-1',
    '',
    'x # y',
    'x ; y',
    'a = b',
    'a : b',
    '"q"',
    '%(x)s',
    'https://host:1/#/a',
    '[a]',
    'ü',
  ),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const delimiters = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom('=', '=', ':') },
  { weight: 1, arbitrary: fc.constant('') },
);
const kinds = fc.constantFrom(
  'profile',
  'profile',
  'profile',
  'sso-session',
  'services',
  'profiles',
  'plugins',
  'Profile',
  '"profile"',
);

const heading = fc
  .tuple(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc
          .tuple(kinds, spaces, quotedName)
          .map(([kind, space, name]) => `${kind}${space || ' '}${name}`),
      },
      { weight: 3, arbitrary: names },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          'DEFAULT',
          'default',
          ' default ',
          'preview',
          'profile',
          'profile a b',
          'profile a"b c"',
          'profile \\a',
        ),
      },
    ),
    fc.constantFrom('', '', '', '', ' ', ' # comment', ' ; c', 'text', ']', ' ] x', '=x'),
  )
  .map(([inside, after]) => `[${inside}]${after}`);

const setting = fc.tuple(keys, spaces, delimiters, spaces, values, spaces).map((parts) => parts.join(''));
const odd = fc.oneof(
  fc.constantFrom(
    '[',
    '[]',
    '[a',
    ']',
    '=',
    ': x',
    '= x',
    'key',
    'a = b = c',
    '\u00a0',
    '\ufeff',
    '\ufffd',
    '[a = b',
    '\\',
    '"',
  ),
  fc.string({ maxLength: 8 }),
  fc.string({
    unit: fc.constantFrom('[', ']', '=', ':', '#', ';', ' ', '\t', '"', "'", '\\', 'a', '\u0085', '\u2028'),
    maxLength: 8,
  }),
);
const comment = fc.tuple(fc.constantFrom('#', ';', '# [x]', ';a=b'), values).map((parts) => parts.join(''));

/** A line, without its end. Most files are to be such that botocore reads them, so what it refuses is rare. */
const line = fc
  .tuple(
    indents,
    fc.oneof(
      { weight: 60, arbitrary: setting },
      { weight: 20, arbitrary: heading },
      { weight: 10, arbitrary: comment },
      { weight: 10, arbitrary: spaces },
      { weight: 1, arbitrary: odd },
    ),
  )
  .map((parts) => parts.join(''));

const keyPair = fc
  .tuple(
    fc.constantFrom('aws_access_key_id = AKIDA', 'aws_access_key_id:AKIDB', 'AWS_ACCESS_KEY_ID=AKIDC'),
    fc.constantFrom('aws_secret_access_key = 1', 'aws_secret_access_key : a=b+/', 'Aws_Secret_Access_Key=2'),
    fc.array(
      fc.constantFrom('aws_session_token = t', 'aws_security_token = u', 'aws_account_id = 000000000042'),
      {
        maxLength: 2,
      },
    ),
  )
  .map((lines) => lines.flat());
const nested = fc
  .tuple(
    fc.constantFrom('s3', 'sso', 'dynamodb'),
    fc.constantFrom(' =', '=  ', ':', ' = \n  # comment', ' =\n'),
    fc.array(
      fc.constantFrom(
        '  endpoint_url = http://localhost:1',
        '  Key=a = b',
        '\ta : b = c',
        '',
        '  ; x',
        ' k=\fl = m',
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
  )
  .map(([key, rest, inner]) => [key + rest, ...inner]);

const lines = fc.oneof(
  { weight: 12, arbitrary: line.map((each) => [each]) },
  { weight: 1, arbitrary: keyPair },
  { weight: 1, arbitrary: nested },
);

/** The text of a file, without its first line. */
const rest = fc
  .tuple(fc.array(lines, { maxLength: 12 }), fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'))
  .map(([groups, end]) => groups.flat().map((each) => end + each.replaceAll('\n', end)));
const first = fc.oneof(
  { weight: 20, arbitrary: heading },
  { weight: 1, arbitrary: line },
  { weight: 1, arbitrary: comment },
);

/** Bytes that are no UTF-8, but what an editor with another encoding writes. */
const stray = fc.oneof(
  { weight: 40, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.tuple(fc.nat(), fc.constantFrom(0xe4, 0xff, 0x80, 0xc3)) },
);
const mark = fc.constantFrom(...Array<string>(30).fill(''), '\ufeff');

/** The bytes of a file. */
export const oddIni: fc.Arbitrary<Uint8Array> = fc
  .tuple(mark, first, rest, fc.constantFrom('', '\n'), stray)
  .map(([begin, head, others, end, extra]) => {
    const bytes = Buffer.from([begin, head, ...others, end].join(''));
    if (extra === null) return bytes;
    const at = extra[0] % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from([extra[1]]), bytes.subarray(at)]);
  });

const plainValue = fc.constantFrom('eu-west-1', 'a = b', 'x # y', '');

/** A section that botocore reads: its heading, and lines that do not depend on what stands before them. */
export const goodSection = (heading: string): fc.Arbitrary<readonly string[]> =>
  fc
    .dictionary(fc.stringMatching(/^[a-z]{1,3}$/), plainValue, { maxKeys: 3 })
    .map((settings) => [
      `[${heading}]`,
      ...Object.entries(settings).map(([key, value]) => `${key} = ${value}`),
    ]);

/** A section with a line that botocore refuses. */
export const faultySection = (heading: string): fc.Arbitrary<readonly string[]> =>
  fc.oneof(
    fc.constantFrom(
      [`[${heading}`, 'region = x'],
      [`[${heading}]`, 'region'],
      [`[${heading}]`, '= x'],
      [`[${heading}]`, ': x', '  y'],
      [`[${heading}]`, '  region = x', '  Region : y'],
      [`[${heading}]`, 's3 =', '  addressing_style'],
      [`[${heading}]`, 'region = x', `[${heading}] # again`, 'output = json'],
      [`[${heading}]`, '\\'],
      [`[${heading}]`, '  []', '  region = x'],
    ),
  );
