import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** What a test gives as its `skip` option; in CI a missing openssl is a failure. */
export const skipWithoutOpenssl: string | false =
  process.env['CI'] === undefined &&
  spawnSync('openssl', ['version']).error !== undefined &&
  'openssl not found on the PATH';

export interface PemFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** Makes a certificate for a host name, signed by its own key. */
export function makeCertificate(folder: string, hostName: string, days = 2): PemFiles {
  const certFile = path.join(folder, `${hostName}.crt`);
  const keyFile = path.join(folder, `${hostName}.key`);
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-nodes',
        '-days',
        String(days),
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
      ],
      ...['-keyout', keyFile, '-out', certFile, '-subj', `/CN=${hostName}`],
      ...['-addext', `subjectAltName=DNS:${hostName}`],
    ],
    { stdio: 'pipe' },
  );
  return { certFile, keyFile };
}

/** Makes a key with a passphrase. */
export function makeEncryptedKey(file: string): void {
  const options = ['genpkey', '-algorithm', 'ed25519', '-aes256', '-pass', 'pass:secret'];
  writeFileSync(file, execFileSync('openssl', options, { stdio: 'pipe' }));
}
