import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsIn } from './testing/load-text.ts';

test('every unknown key of the configuration is reported, also those that JavaScript objects inherit', async () => {
  const problems = await problemsIn(
    'constructor: 1\n__proto__: { listen: 1 }\ntoString: 2\nlog: { colour: red }\n',
  );
  assert.deepEqual(
    problems.map((problem) => problem.replace(/;.*/, '')),
    [
      'latchkey.yaml:1:1: unknown key "constructor"',
      'latchkey.yaml:2:1: unknown key "__proto__"',
      'latchkey.yaml:3:1: unknown key "toString"',
      'latchkey.yaml:4:8: log: unknown key "colour"',
    ],
  );
});

test('a list in place of a mapping is refused as a list, and a mapping in place of a list as a mapping', async () => {
  assert.deepEqual(await problemsIn('listen: [1]\nusers: { alice: 1 }\ngroups: [[x]]\n'), [
    'latchkey.yaml:1:9: listen: expected a mapping (key: value), got a list',
    'latchkey.yaml:2:8: users: expected a list, got a mapping',
    'latchkey.yaml:3:10: groups[0]: expected a mapping (key: value), got a list',
  ]);
  assert.deepEqual(await problemsIn('- a\n- b\n'), [
    'latchkey.yaml:1:1: expected a mapping (key: value), got a list',
  ]);
  assert.deepEqual(await problemsIn('just text'), [
    'latchkey.yaml:1:1: expected a mapping (key: value), got "just text"',
  ]);
});

test('a password in clear text is refused, and no message repeats it', async () => {
  const secret = 'hunter2';
  const files = [
    `users:\n  - userName: alice\n    passwordHash: ${secret}\n`,
    `users:\n  - userName: alice\n    passwordHash: [${secret}]\n`,
    `users:\n  - userName: alice\n    passwordHash: { ${secret}: ${secret} }\n`,
    `users:\n  - userName: alice\n    password: ${secret}\n`,
    `users:\n  - userName: alice\n    passwd: ${secret}\n`,
    `users:\n  - userName: alice\n    passwordHash: "${secret}\n`,
    ...['*', '!', '@', '%', '`', '|', '"\\q', '&a *', '}', '? '].map(
      (start) => `users:\n  - userName: alice\n    passwordHash: ${start}${secret}\n`,
    ),
  ];
  for (const file of files) {
    const problems = await problemsIn(file);
    assert.match(problems[0] ?? '', /^latchkey\.yaml:[2-4]:\d+: /, file);
    assert.doesNotMatch(problems.join(), new RegExp(secret), file);
  }
  for (const file of [files[0], files[3], files[4]]) {
    assert.match(
      (await problemsIn(file ?? '')).join(),
      /:3:\d+: .*passwords are configured as hashes only.*`latchkey user hash`/,
    );
  }
});

test('a value of a setting whose name contains "password" is repeated in messages like any other value', async () => {
  assert.deepEqual(await problemsIn('limits: { passwordFailuresPerUser: 0 }'), [
    'latchkey.yaml:1:36: limits.passwordFailuresPerUser: expected a whole number from 1 to 1000000, got the number 0',
  ]);
});

test('the message about an account id without quotes says to add them, because YAML drops the leading zero', async () => {
  const problems = await problemsIn(`accounts:
  - id: 012345678901
    name: One
permissionSets: [{ name: Admin }]
users: [{ userName: alice }]
assignments:
  - { users: [alice], accounts: [012345678901], permissionSets: [Admin] }
  - { users: [alice], accounts: ["012345678901"], permissionSets: [Admin] }
`);
  const advice =
    'expected an account id, 12 digits in quotes, got the number 012345678901; put it in quotes: "012345678901"';
  assert.deepEqual(problems, [
    `latchkey.yaml:2:9: accounts[0].id: ${advice}`,
    `latchkey.yaml:7:34: assignments[0].accounts[0]: ${advice}`,
  ]);
});

test('the message about a duration without a unit shows durations, and does not say to add quotes', async () => {
  const [problem] = await problemsIn('lifetimes: { session: 3600 }');
  assert.match(
    problem ?? '',
    /:1:23: lifetimes\.session: expected a duration .* such as 90s, .*, got the number 3600$/,
  );
});

test('sessions last from 15m to 90d', async () => {
  assert.deepEqual(await problemsIn('lifetimes: { session: 15m, signInSession: 90d }'), []);
  for (const key of ['session', 'signInSession']) {
    for (const length of ['14m59s', '90d1s']) {
      const [problem] = await problemsIn(`lifetimes: { ${key}: ${length} }`);
      assert.match(problem ?? '', new RegExp(`lifetimes\\.${key}: expected a duration from 15m to 90d`));
    }
  }
});

test('a base URL with a path or with credentials is refused', async () => {
  for (const url of [
    'https://a.example/sso',
    'ftp://a.example',
    'a.example',
    'https://u:p@a.example',
    'https://[',
  ]) {
    const [problem] = await problemsIn(`baseUrl: "${url}"`);
    assert.match(problem ?? '', /:1:10: baseUrl: expected an http or https address without a path/, url);
  }
});

test('a trusted proxy that is not an IP address or CIDR block is refused', async () => {
  assert.deepEqual(await problemsIn('trustedProxies: [10.0.0.0/8, 127.0.0.1, "fd00::/8", "::1"]'), []);
  for (const address of ['10.0.0.0/33', '10.0.0', 'proxy', '::1/129', '10.0.0.0/', '']) {
    const [problem] = await problemsIn(`trustedProxies: ["${address}"]`);
    assert.match(problem ?? '', /:1:18: trustedProxies\[0\]: expected an IP address or CIDR block/, address);
  }
});

test('a user name that a role session cannot have is refused, so that no two users become one identity', async () => {
  for (const userName of ['al', 'alice@example.com', 'alice+dev=1,x-y_z', 'x'.repeat(64)]) {
    assert.deepEqual(await problemsIn(`users: [{ userName: "${userName}" }]`), []);
  }
  for (const userName of ['a', 'x'.repeat(65), 'al/ice', 'al:ice', 'al ice', 'zoë']) {
    const [problem] = await problemsIn(`users: [{ userName: "${userName}" }]`);
    assert.match(
      problem ?? '',
      /:1:21: users\[0\]\.userName: expected 2 to 64 letters, digits or any of _\+=,\.@- \(role sessions have the user name as their name\), got "/,
    );
  }
});
