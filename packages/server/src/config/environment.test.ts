import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { folder, load, problemsIn } from './testing/load-text.ts';

test('an environment variable wins over the file, and problems of its value name the variable', async () => {
  const config = await load('listen: { port: 1, host: localhost }\ninstance: { region: us-west-2 }\n', {
    LATCHKEY_LISTEN_PORT: '2',
    LATCHKEY_LIFETIMES_ACCESS_TOKEN: '2h',
    LATCHKEY_TRUSTED_PROXIES: '10.0.0.1, 10.0.0.2',
    LATCHKEY_GRANTS_DEVICE_CODE: 'false',
    LATCHKEY_DATA_DIR: 'elsewhere',
    PATH: '/bin',
  });
  assert.deepEqual(config.listen, { port: 2, host: 'localhost' });
  assert.equal(config.instance.region, 'us-west-2');
  assert.equal(config.lifetimes.accessTokenSeconds, 7_200);
  assert.deepEqual(config.trustedProxies, ['10.0.0.1', '10.0.0.2']);
  assert.equal(config.grants.deviceCode, false);
  assert.equal(config.dataDir, path.join(folder, 'elsewhere'));

  assert.deepEqual(
    await problemsIn('log: { level: loud }', {
      LATCHKEY_LISTEN_PORT: 'http',
      LATCHKEY_GRANTS_DEVICE_CODE: 'no',
      LATCHKEY_TLS_CERT_FILE: 'cert.pem',
      LATCHKEY_LISTEN_PROT: '1',
      LATCHKEY_USERS: 'alice',
    }).then((problems) => problems.sort()),
    [
      'LATCHKEY_GRANTS_DEVICE_CODE: grants.deviceCode: expected true or false, got "no"',
      'LATCHKEY_LISTEN_PORT: listen.port: expected a whole number from 0 to 65535, got "http"',
      'LATCHKEY_LISTEN_PROT: no such setting; did you mean "LATCHKEY_LISTEN_PORT"?',
      'LATCHKEY_TLS_CERT_FILE: tls: "keyFile" is missing',
      'LATCHKEY_USERS: expected a list, as JSON',
      'latchkey.yaml:1:15: log.level: expected one of debug, info, warn, error, silent, got "loud"',
    ],
  );
});

test('variables that Kubernetes and Docker set for a service named latchkey are not taken for settings', async () => {
  const links = {
    LATCHKEY_SERVICE_HOST: '10.0.0.1',
    LATCHKEY_SERVICE_PORT: '8484',
    LATCHKEY_SERVICE_PORT_HTTP: '8484',
    LATCHKEY_PORT: 'tcp://10.0.0.1:8484',
    LATCHKEY_PORT_8484_TCP: 'tcp://10.0.0.1:8484',
    LATCHKEY_PORT_8484_TCP_PROTO: 'tcp',
    LATCHKEY_PORT_8484_TCP_ADDR: '10.0.0.1',
  };
  assert.deepEqual(await problemsIn('', links), []);
});

test('lists of the directory in environment variables are JSON, are checked like the file, and win over it', async () => {
  const directory = {
    LATCHKEY_USERS: '[{"userName": "carol"}]',
    LATCHKEY_ACCOUNTS: '[{"id": "012345678901", "name": "Sandbox"}]',
    LATCHKEY_PERMISSION_SETS: '[{"name": "Developer", "sessionDuration": "2h"}]',
    LATCHKEY_ASSIGNMENTS:
      '[{"users": ["carol"], "accounts": ["012345678901"], "permissionSets": ["Developer"]}]',
  };
  const config = await load('users: [{ userName: alice }]\n', directory);
  assert.deepEqual(
    config.directory.users.map(({ userName }) => userName),
    ['carol'],
  );
  assert.equal(config.directory.permissionSets[0]?.sessionDurationSeconds, 7_200);
  const problems = await problemsIn('', { ...directory, LATCHKEY_USERS: '[{"userName": "dave"}]' });
  assert.equal(problems.length, 1);
  assert.match(problems[0] ?? '', /^LATCHKEY_ASSIGNMENTS: .*"carol"/);
});
