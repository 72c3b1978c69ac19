import assert from 'node:assert/strict';
import path from 'node:path';
import { findProgram, run } from './program.ts';

/** What a test gives as its `skip` option; in CI a missing openssl is a failure. */
export const skipWithoutOpenssl: string | false =
  process.env['CI'] === undefined && findProgram('openssl') === undefined
    ? 'openssl not found on the PATH'
    : false;

/** PEM files. */
export interface Certificate {
  readonly certFile: string;
  readonly keyFile: string;
}

/** Makes a certificate for these host names, which is also the root that a client is to trust. */
export async function makeCertificate(folder: string, ...names: readonly string[]): Promise<Certificate> {
  const certFile = path.join(folder, 'certificate.pem');
  const keyFile = path.join(folder, 'key.pem');
  const { exitCode, stderr } = await run([
    ...(['openssl', 'req', '-x509', '-nodes', '-days', '2'] as const),
    ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-keyout', keyFile, '-out', certFile],
    ...['-subj', '/CN=Latchkey test'],
    ...['-addext', `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`],
  ]);
  assert.equal(exitCode, 0, stderr);
  return { certFile, keyFile };
}
