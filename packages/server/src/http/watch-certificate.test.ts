import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { connect } from 'node:tls';
import { passTimeUntil } from '../fixtures/pass-time.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { type Listener, listen } from './listen.ts';
import { makeCertificate, makeEncryptedKey, skipWithoutOpenssl as skip } from './testing/certificates.ts';
import { watchCertificate } from './watch-certificate.ts';

const DAY_MS = 86_400_000;

/** A server whose certificate files are links, as those of certbot, to the pair of `a.example` (2 days); `b.example` has one. */
async function serving(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const folder = temporaryFolder();
  t.after(() => folder[Symbol.dispose]());
  const a = makeCertificate(folder.path, 'a.example', 2);
  const b = makeCertificate(folder.path, 'b.example', 1);
  const live = path.join(folder.path, 'live');
  await mkdir(live);
  const files = { certFile: path.join(live, 'fullchain.pem'), keyFile: path.join(live, 'privkey.pem') };
  const exchange = async (link: string, target: string) => {
    await symlink(target, `${link}.new`);
    await rename(`${link}.new`, link);
  };
  await exchange(files.certFile, a.certFile);
  await exchange(files.keyFile, a.keyFile);

  const config = { listen: { host: '127.0.0.1', port: 0 }, tls: files, trustedProxies: [] };
  const listener = await listen(config, Date.now, async () => ({ status: 200, headers: {}, body: '' }));
  t.after(() => listener.close());
  const clock = { nowMs: Date.now() };
  const lines: string[] = [];
  const verdicts: boolean[] = [];
  let wake = () => {};
  const log = (message: string) => {
    lines.push(message);
    wake();
  };
  const watch = watchCertificate({
    ...{ files, listener, now: () => clock.nowMs },
    log: { info: log, warn: log, error: log },
    onVerdict: (isRefused) => verdicts.push(isRefused),
  });
  t.after(() => watch.close());
  /** Lets time pass until something is logged after a change. */
  const loggedAfter = async (change: Promise<unknown>) => {
    const logged = new Promise<void>((resolve) => {
      wake = resolve;
    });
    await change;
    await passTimeUntil(t, logged, 100);
    return lines.at(-1) ?? '';
  };
  return { a, b, files, listener, watch, clock, lines, verdicts, exchange, loggedAfter, folder: folder.path };
}

/** The host name in the certificate that a new connection gets. */
async function servedName({ port }: Listener): Promise<string | undefined> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { CN } = socket.getPeerCertificate().subject;
  socket.destroy();
  return String(CN);
}

test('a renewed certificate is served to new connections once its key is there, too, and connections stay', {
  skip,
}, async (t) => {
  const { b, files, listener, verdicts, exchange, loggedAfter } = await serving(t);
  const before = connect({ host: '127.0.0.1', port: listener.port, rejectUnauthorized: false });
  await once(before, 'secureConnect');
  assert.equal(await servedName(listener), 'a.example');
  assert.match(
    await loggedAfter(exchange(files.certFile, b.certFile)),
    /^REFUSED: the certificate in \S+fullchain\.pem: the key in \S+privkey\.pem is not that of the first certificate in \S+fullchain\.pem\. The one in use stays$/,
  );
  assert.equal(await servedName(listener), 'a.example');
  assert.match(
    await loggedAfter(exchange(files.keyFile, b.keyFile)),
    /^The certificate was read again \(DNS:b\.example, valid until \d{4}-[\d:T.-]+Z\)$/,
  );
  assert.equal(await servedName(listener), 'b.example');
  before.write('GET / HTTP/1.1\r\nHost: a.example\r\n\r\n');
  assert.match(String(await once(before, 'data')), /^HTTP\/1\.1 200 /);
  assert.deepEqual(verdicts, [false, true, false]);
  before.destroy();
});

test('a certificate that is renewed time and again is served each time', { skip }, async (t) => {
  const { a, b, files, listener, exchange, loggedAfter } = await serving(t);
  for (const [pair, name] of [
    [b, 'b.example'],
    [a, 'a.example'],
    [b, 'b.example'],
  ] as const) {
    const change = async () => {
      await exchange(files.certFile, pair.certFile);
      await exchange(files.keyFile, pair.keyFile);
    };
    assert.match(await loggedAfter(change()), /^The certificate was read again/);
    assert.equal(await servedName(listener), name);
  }
});

const broken: Readonly<
  Record<string, readonly [(made: Awaited<ReturnType<typeof serving>>) => Promise<void>, RegExp]>
> = {
  'an empty certificate file': [
    ({ a }) => truncate(a.certFile),
    /fullchain\.pem does not begin with a certificate in PEM form/,
  ],
  'a certificate file that is cut off': [
    ({ a }) => truncate(a.certFile, 300),
    /fullchain\.pem does not begin with a certificate in PEM form/,
  ],
  'a broken chain after the certificate': [
    ({ a }) =>
      writeFile(
        a.certFile,
        `${readFileSync(a.certFile, 'utf8')}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
      ),
    /fullchain\.pem: .+\. The one in use stays$/,
  ],
  'a missing certificate file': [
    ({ files }) => rm(files.certFile),
    /fullchain\.pem cannot be read: no such file or folder/,
  ],
  'a missing key file': [({ a }) => rm(a.keyFile), /privkey\.pem cannot be read: no such file or folder/],
  'a key file without a key': [
    ({ a }) => writeFile(a.keyFile, 'a secret'),
    /privkey\.pem has no private key in PEM form, or one with a passphrase\. The/,
  ],
  'a key with a passphrase': [
    async ({ a }) => makeEncryptedKey(a.keyFile),
    /privkey\.pem has no private key in PEM form, or one with a passphrase\. The/,
  ],
};

for (const [what, [breakIt, reason]] of Object.entries(broken)) {
  test(`${what} is refused, the certificate in use stays, and a whole pair is served later`, {
    skip,
  }, async (t) => {
    const made = await serving(t);
    const { b, files, listener, exchange, loggedAfter, lines } = made;
    const line = await loggedAfter(breakIt(made));
    assert.match(line, /^REFUSED: the certificate in /);
    assert.match(line, reason);
    assert.equal(await servedName(listener), 'a.example');
    const repair = async () => {
      await exchange(files.certFile, b.certFile);
      await exchange(files.keyFile, b.keyFile);
    };
    assert.match(await loggedAfter(repair()), /^The certificate was read again/);
    assert.equal(await servedName(listener), 'b.example');
    assert.doesNotMatch(lines.join('\n'), /a secret/);
  });
}

test('a certificate that is not valid now is refused where the one in use is, and served with a warning otherwise', {
  skip,
}, async (t) => {
  const { b, files, listener, watch, clock, lines, exchange } = await serving(t);
  await exchange(files.certFile, b.certFile);
  await exchange(files.keyFile, b.keyFile);
  clock.nowMs += 1.5 * DAY_MS;
  await watch.passOnNow();
  assert.match(lines.at(-1) ?? '', /^REFUSED: .*: it was valid until \S+ only\. The one in use stays$/);
  assert.equal(await servedName(listener), 'a.example');
  clock.nowMs -= 10 * DAY_MS;
  await watch.passOnNow();
  assert.match(
    lines.at(-1) ?? '',
    /^The certificate that is served is not valid: it is valid from \S+ only$/,
  );
  assert.equal(await servedName(listener), 'b.example');
});

test('a server does not start with a key of another certificate, and says which file it is', {
  skip,
}, async () => {
  using folder = temporaryFolder();
  const [a, b] = ['a.example', 'b.example'].map((name) => makeCertificate(folder.path, name));
  const tls = { certFile: a!.certFile, keyFile: b!.keyFile };
  const config = { listen: { host: '127.0.0.1', port: 0 }, tls, trustedProxies: [] };
  await assert.rejects(
    listen(config, Date.now, async () => assert.fail('served')),
    { message: `the key in ${tls.keyFile} is not that of the first certificate in ${tls.certFile}` },
  );
});

test('a certificate that is not valid when the server starts is served, and the log says so', {
  skip,
}, async (t) => {
  const { files, listener } = await serving(t);
  const lines: string[] = [];
  const log = (message: string) => void lines.push(message);
  const watch = watchCertificate({
    ...{ files, listener, now: () => Date.now() + 3 * DAY_MS, onVerdict: () => {} },
    log: { info: log, warn: log, error: log },
  });
  watch.close();
  assert.match(lines.join(), /^The certificate that is served is not valid: it was valid until \S+ only$/);
});
