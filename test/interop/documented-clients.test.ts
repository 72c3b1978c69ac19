import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test } from 'node:test';
import { clients, interopDir, softWebauthn } from './harness/clients.ts';

const document = await readFile(path.join(interopDir, '../../docs/clients.md'), 'utf8');

/** The cells of each row of the first table, by what the client is called. */
const rows = new Map(
  /^\| client \|.*\n.*\n((?:\|.*\n)+)/m
    .exec(document)?.[1]
    ?.trimEnd()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, client = '', version = '', , , triedBy = '']) => [
      client.replace(/\[([^\]]+)\]\([^)]+\)/, '$1'),
      { version, triedBy },
    ]),
);

/** Where the version of a client is pinned. */
const pins: Readonly<Record<string, readonly [file: string, pattern: RegExp]>> = {
  'aws-cli': ['harness/clients.ts', /awscli\/v2\/([^/]+)\/bin/],
  'aws-cli-debian': ['aws-cli-debian/check-version.sh', /^wanted=(.+)$/m],
  'aws-sdk-go-base': ['aws-sdk-go-base/go.mod', /aws-sdk-go-base\/v2 v(\S+)/],
  'aws-sso-util': ['aws-sso-util/requirements.txt', /^aws-sso-util==(.+)$/m],
  'aws2-wrap': ['aws2-wrap/requirements.txt', /^aws2-wrap==(.+)$/m],
  'eks-token-verifier': ['eks-token-verifier/go.mod', /aws-iam-authenticator v(\S+)/],
  go: ['go/go.mod', /aws-sdk-go-v2\/config v(\S+)/],
  'go-v1': ['go-v1/go.mod', /aws-sdk-go v(\S+)/],
  java: ['java/pom.xml', /<artifactId>bom<\/artifactId>\s*<version>([^<]+)/],
  js: ['js/package.json', /"@aws-sdk\/client-sts": "([^"]+)"/],
  'js-v2': ['js-v2/package.json', /"aws-sdk": "([^"]+)"/],
  mairu: ['harness/clients.ts', /mairu@=([^']+)'/],
  python: ['python/requirements.txt', /^boto3==(.+)$/m],
  rust: ['rust/Cargo.toml', /^aws-config = .*"=([^"]+)"/m],
  yawsso: ['yawsso/requirements.txt', /^yawsso==(.+)$/m],
};

suite('the table of clients', () => {
  // An authenticator is prepared like a client, and is none.
  for (const { name, folder } of clients.filter((client) => client !== softWebauthn)) {
    test(`docs/clients.md names ${name} in the version that the suite has`, async () => {
      const [file, pattern] = pins[folder] ?? [];
      assert.ok(file && pattern, `add where ${folder} is pinned`);
      const [, pinned] = pattern.exec(await readFile(path.join(interopDir, file), 'utf8')) ?? [];
      assert.ok(pinned, `no version in ${file}`);
      const [row] = [...rows].filter(([client]) => client.startsWith(name)).map(([, cells]) => cells);
      assert.ok(row, `no row for ${name}`);
      assert.equal(row.version.split(' ').at(-1), pinned);
    });
  }

  test('docs/clients.md names only test files that there are', () => {
    const files = [...rows.values()].flatMap(({ triedBy }) => triedBy.match(/[\w-]+\.test\.ts/g) ?? []);
    assert.ok(files.length > 10);
    for (const file of files) assert.ok(existsSync(path.join(interopDir, file)), file);
  });
});
