import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Config } from '../config/config.ts';
import { explainFileError } from '../files/file-error.ts';

type CertificateFiles = NonNullable<Config['tls']>;

/** A certificate with its chain, and its private key, as they are in their PEM files. */
export interface Certificate {
  readonly cert: string | Buffer;
  readonly key: string | Buffer;
}

/** Reads a certificate before anything is served. @throws {Error} says what is wrong with which file */
export function readCertificateSync(files: CertificateFiles): Certificate {
  const certificate = { cert: readFileSync(files.certFile), key: readFileSync(files.keyFile) };
  inspectCertificate(certificate, files);
  return certificate;
}

/** @throws {Error} says which file cannot be read */
export async function readCertificate({ certFile, keyFile }: CertificateFiles): Promise<Certificate> {
  const read = (file: string) =>
    readFile(file).catch((error: unknown) => {
      throw new Error(`${file} cannot be read: ${explainFileError(error)}`, { cause: error });
    });
  const [cert, key] = await Promise.all([read(certFile), read(keyFile)]);
  return { cert, key };
}

/**
 * @returns the certificate itself, without its chain
 * @throws {Error} when a file has none, or the key is that of another certificate
 */
export function inspectCertificate(
  { cert, key }: Certificate,
  { certFile, keyFile }: CertificateFiles,
): X509Certificate {
  const certificate = parse(
    () => new X509Certificate(cert),
    `${certFile} does not begin with a certificate in PEM form`,
  );
  const privateKey: KeyObject = parse(
    () => createPrivateKey(key),
    `${keyFile} has no private key in PEM form, or one with a passphrase`,
  );
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new Error(`the key in ${keyFile} is not that of the first certificate in ${certFile}`);
  }
  return certificate;
}

/** Without the parser's message, which is a number of OpenSSL. */
function parse<T>(make: () => T, problem: string): T {
  try {
    return make();
  } catch (cause) {
    throw new Error(problem, { cause });
  }
}
