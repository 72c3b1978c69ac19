import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { folder, load, problemsIn } from './testing/load-text.ts';

test('an invalid configuration lists all its problems at once, in the order of the file, with line and column', async () => {
  const problems = await problemsIn(`listen:
  port: 70000
  prot: 1
lifetimes: { accessToken: 10m }
permissionSet: []
users:
  - displayName: Nobody
log:
  level: verbose
`);
  assert.deepEqual(
    problems.map((problem) => problem.split(':', 3).join(':')),
    ['2:9', '3:3', '4:27', '5:1', '7:5', '9:10'].map((place) => `latchkey.yaml:${place}`),
  );
  assert.match(
    problems[0] ?? '',
    /listen\.port: expected a whole number from 0 to 65535, got the number 70000$/,
  );
  assert.match(problems[1] ?? '', /listen: unknown key "prot"; did you mean "port"\?$/);
  assert.match(
    problems[2] ?? '',
    /lifetimes\.accessToken: expected a duration from 15m1s to 12h .*, got "10m"$/,
  );
  assert.match(problems[3] ?? '', /unknown key "permissionSet"; did you mean "permissionSets"\?$/);
  assert.match(problems[4] ?? '', /users\[0\]: "userName" is missing$/);
  assert.match(
    problems[5] ?? '',
    /log\.level: expected one of debug, info, warn, error, silent, got "verbose"$/,
  );
});

test('a configured directory of models that cannot be read is reported with its line and column', async () => {
  const missing = path.join(folder, 'missing');
  assert.deepEqual(await problemsIn('models:\n  - .\n  - missing\n'), [
    `latchkey.yaml:3:5: models[1]: ${missing} cannot be read: no such file or folder`,
  ]);
});

test('certificate files must be readable, and their paths are relative to the configuration file', async () => {
  await writeFile(path.join(folder, 'cert.pem'), '');
  const settings = 'tls:\n  certFile: cert.pem\n  keyFile: key.pem\n';
  const file = path.join(folder, 'key.pem');
  assert.deepEqual(await problemsIn(settings), [
    `latchkey.yaml:3:12: tls.keyFile: ${file} cannot be read: no such file or folder`,
  ]);
  await writeFile(file, '');
  const config = await load(settings);
  assert.deepEqual(config.tls, { certFile: path.join(folder, 'cert.pem'), keyFile: file });
  assert.equal(config.baseUrl, 'https://localhost:8484');
  assert.match(
    (await problemsIn(`${settings}baseUrl: http://localhost`)).join(),
    /expected https, because tls is set/,
  );
});
