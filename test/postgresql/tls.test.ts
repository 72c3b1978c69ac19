import assert from 'node:assert/strict';
import { chownSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { makeCertificate, skipWithoutOpenssl } from '../../packages/server/src/http/testing/certificates.ts';
import { parseConnectionUrl } from '../../packages/server/src/store/postgresql/connection-url.ts';
import { readInstanceId } from '../../packages/server/src/store/postgresql/instance-row.ts';
import { skipWithoutPostgresql } from './harness/programs.ts';
import { startPostgresql } from './harness/server.ts';

test('TLS is verified with authority and host name unless the URL says otherwise, and a refusal says what to do', {
  skip: skipWithoutPostgresql || skipWithoutOpenssl,
}, async () => {
  await using server = await startPostgresql();
  const { certFile, keyFile } = makeCertificate(server.folder, 'localhost');
  const { uid, gid } = statSync(path.join(server.folder, 'data'));
  for (const file of [certFile, keyFile]) chownSync(file, uid, gid);
  const client = new pg.Client({ connectionString: `${server.url}/postgres` });
  await client.connect();
  for (const [setting, value] of Object.entries({
    ssl_cert_file: certFile,
    ssl_key_file: keyFile,
    ssl: 'on',
  }))
    await client.query(`ALTER SYSTEM SET ${setting} = '${value}'`);
  await client.end();
  await server.stop();
  await server.start();

  const read = (host: string, query: string) => {
    const url = new URL(`${server.url}/postgres?${query}`);
    url.hostname = host;
    return readInstanceId(parseConnectionUrl(url.href));
  };
  const refused = (why: RegExp) => ({ name: 'StoreError', message: why });
  await assert.rejects(
    read('localhost', 'sslmode=verify-full'),
    refused(/nothing vouches for its certificate/),
  );
  const authority = `sslrootcert=${certFile}`;
  assert.equal(await read('localhost', authority), undefined);
  await assert.rejects(read('127.0.0.1', authority), refused(/its certificate is for another name/));
  assert.equal(await read('127.0.0.1', `${authority}&sslmode=verify-ca`), undefined);
  assert.equal(await read('127.0.0.1', 'sslmode=require'), undefined);
});
