import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { parseConnectionUrl, renderHost } from './connection-url.ts';

const hostsOf = (url: string) => parseConnectionUrl(url).hosts.map(renderHost).join(' ');

describe('a connection URL', () => {
  const hosts: readonly (readonly [url: string, hosts: string])[] = [
    ['postgres://u@db/d', 'db:5432'],
    ['postgresql://u:p@db:6000/d', 'db:6000'],
    ['postgres://u:p@h1:5432,h2:5433,h3/d?sslmode=require', 'h1:5432 h2:5433 h3:5432'],
    ['postgres://u:p@[::1]:6000,[fe80::1]/d', '[::1]:6000 [fe80::1]:5432'],
    ['postgres://u:p@%2Fvar%2Frun%2Fpostgresql/d', '/var/run/postgresql:5432'],
    ['postgres://u:p@/d?host=/var/run/postgresql&port=6000', '/var/run/postgresql:6000'],
    ['postgres://u:p@/d?host=h1,h2&port=1,2', 'h1:1 h2:2'],
    ['postgres://u:p@h1,h2/d?port=7', 'h1:7 h2:7'],
  ];
  for (const [url, expected] of hosts)
    test(`${url} names ${expected}`, () => assert.equal(hostsOf(url), expected));

  test('names the user, the password and the database, percent-encoded; the database is the user by default', () => {
    const { user, password, database } = parseConnectionUrl('postgres://us%2Fer:p%40%3A%23:x@db/a%20b');
    assert.deepEqual([user, password(), database], ['us/er', 'p@:#:x', 'a b']);
    assert.equal(parseConnectionUrl('postgres://user@db').database, 'user');
  });

  const wrong: readonly (readonly [url: string, message: RegExp])[] = [
    ['mysql://u:hidden@db/d', /expected postgres:\/\/USER/],
    ['postgres://u:hid@den@db/d', /expected .* percent-encoded/],
    ['postgres://u:hid/den@db/d', /expected .* percent-encoded/],
    ['postgres://db/d', /names no user/],
    ['postgres://u:hidden%@db/d', /% that begins no escape/],
    ['postgres://u:hidden@db:0/d', /port "0" is none/],
    ['postgres://u:hidden@db:65536/d', /port "65536" is none/],
    ['postgres://u:hidden@db:12345678/d', /port "12345678" is none/],
    ['postgres://u:hidden@h1,,h2/d', /host "" is none/],
    ['postgres://u:hidden@[db]/d', /host "\[db\]" is none/],
    ['postgres://u:hidden@h1,h2,h3/d?port=1,2', /3 hosts and 2 ports/],
    ['postgres://u:hidden@h1/d?host=h2', /leave one away/],
    [
      'postgres://u:hidden@h1/d?sslmode=prefer',
      /sslmode "prefer" is not known, expected disable, require, verify-ca, verify-full/,
    ],
    ['postgres://u:hidden@h1/d?sslmode=verify-ca', /any certificate that is for sale/],
    ['postgres://u:hidden@h1/d?sslrootcert=/nowhere', /file of sslrootcert cannot be read/],
    ['postgres://u:hidden@h1/d?sslcert=/nowhere', /sslcert and sslkey go together/],
    ['postgres://u:hidden@h1/d?ssl=true', /parameter "ssl" is not known/],
  ];
  for (const [url, message] of wrong) {
    test(`${url} is refused, and its password not told`, () => {
      assert.throws(
        () => parseConnectionUrl(url),
        (error: Error) => {
          assert.match(error.message, message);
          assert.doesNotMatch(inspect(error), /hidden|hid@den|hid.den/);
          return true;
        },
      );
    });
  }

  test('without a password says so only when the server asks for one', () => {
    assert.throws(parseConnectionUrl('postgres://u@db/d').password, /asks for a password, and it has none/);
  });

  test('never shows its password where it is printed', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8 }).filter((text) => /^[\w ]+$/.test(text)),
        (secret) => {
          const target = parseConnectionUrl(`postgres://u:${encodeURIComponent(secret)}@db/d`);
          assert.equal(target.password(), secret);
          assert.ok(!inspect(target, { depth: 9, showHidden: true }).includes(secret));
          assert.ok(!JSON.stringify(target).includes(secret));
        },
      ),
    );
  });

  describe('asks for TLS', () => {
    const tls = (url: string, index = 0) => {
      const { hosts: all, tlsTo } = parseConnectionUrl(url);
      return tlsTo(all[index]!);
    };
    for (const host of ['db', '10.0.0.1', '[2001:db8::1]', 'localhost.example']) {
      test(`with the certificate and its name verified, to ${host}`, () => {
        assert.deepEqual(tls(`postgres://u:p@${host}/d`), { rejectUnauthorized: true });
      });
    }
    for (const host of ['localhost', '127.0.0.1', '127.8.9.10', '[::1]', '%2Frun']) {
      test(`nowhere by default on this machine: ${host}`, () =>
        assert.equal(tls(`postgres://u:p@${host}/d`), false));
    }
    test('for each host by itself', () => {
      assert.equal(tls('postgres://u:p@localhost,db/d'), false);
      assert.deepEqual(tls('postgres://u:p@localhost,db/d', 1), { rejectUnauthorized: true });
    });
    test('as sslmode says, also on this machine', () => {
      assert.deepEqual(tls('postgres://u:p@localhost/d?sslmode=verify-full'), { rejectUnauthorized: true });
      assert.equal(tls('postgres://u:p@db/d?sslmode=disable'), false);
      assert.deepEqual(tls('postgres://u:p@db/d?sslmode=require'), { rejectUnauthorized: false });
    });
    test('with an authority of its own, whose name counts only with verify-full', () => {
      using folder = temporaryFolder();
      const file = join(folder.path, 'root.pem');
      writeFileSync(file, 'certificate');
      const ca = Buffer.from('certificate');
      assert.deepEqual(tls(`postgres://u:p@localhost/d?sslrootcert=${file}`), {
        ca,
        rejectUnauthorized: true,
      });
      for (const mode of ['require', 'verify-ca']) {
        const { checkServerIdentity, ...rest } =
          tls(`postgres://u:p@db/d?sslmode=${mode}&sslrootcert=${file}`) || {};
        assert.deepEqual(rest, { ca, rejectUnauthorized: true });
        assert.equal(checkServerIdentity?.('db', {} as never), undefined);
      }
    });
  });
});
