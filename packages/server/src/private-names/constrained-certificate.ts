import {
  createHash,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import * as x509 from '@peculiar/asn1-x509';

/** PEM texts. */
export interface ConstrainedCertificate {
  /** The certificate of the authority. Who trusts it trusts servers of the host names alone. */
  readonly authority: string;
  /** The certificate of the server. */
  readonly certificate: string;
  /** The private key of the server. */
  readonly key: string;
}

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2'; // RFC 5758 section 3.2
const COMMON_NAME = '2.5.4.3'; // RFC 5280 appendix A.1
const DAY_MS = 24 * 60 * 60 * 1000;

/** Clocks may differ by that much. */
const VALID_BEFORE_MS = DAY_MS;
/** Within the 398 days beyond which some platforms refuse the certificate of a server. */
const VALID_FOR_MS = 365 * DAY_MS;

/**
 * Makes a certificate for servers of some host names, and the certificate of the authority that has signed it. The authority can
 * vouch for nothing else: its certificate is constrained to these names (RFC 5280 section 4.2.1.10), and its private key is gone
 * when this function returns.
 *
 * @param hosts - DNS names in lower case
 */
export function makeConstrainedCertificate(hosts: readonly string[], nowMs: number): ConstrainedCertificate {
  const authorityKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const serverKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = { name: nameOf('Latchkey testing'), ...authorityKey };
  const dnsNames = hosts.map((dNSName) => new x509.GeneralName({ dNSName }));
  const onlyServers = extension(x509.id_ce_extKeyUsage, new x509.ExtendedKeyUsage([x509.id_kp_serverAuth]));
  const authority = issue(issuer, nowMs, {
    name: issuer.name,
    publicKey: authorityKey.publicKey,
    extensions: [
      critical(x509.id_ce_basicConstraints, new x509.BasicConstraints({ cA: true, pathLenConstraint: 0 })),
      critical(x509.id_ce_keyUsage, new x509.KeyUsage(x509.KeyUsageFlags.keyCertSign)),
      onlyServers,
      critical(x509.id_ce_nameConstraints, constraintTo(dnsNames)),
    ],
  });
  const certificate = issue(issuer, nowMs, {
    name: nameOf('Latchkey testing server'),
    publicKey: serverKey.publicKey,
    extensions: [
      critical(x509.id_ce_basicConstraints, new x509.BasicConstraints({ cA: false })),
      critical(x509.id_ce_keyUsage, new x509.KeyUsage(x509.KeyUsageFlags.digitalSignature)),
      onlyServers,
      extension(x509.id_ce_subjectAltName, new x509.SubjectAlternativeName(dnsNames)),
    ],
  });
  const key = serverKey.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  return { authority, certificate, key };
}

/** Allows these names. Addresses have names of a kind of their own, which would be free without an exclusion. */
function constraintTo(dnsNames: readonly x509.GeneralName[]): x509.NameConstraints {
  const everyAddress = ['0.0.0.0/0', '::/0'].map((iPAddress) => new x509.GeneralName({ iPAddress }));
  const subtrees = (names: readonly x509.GeneralName[]) =>
    new x509.GeneralSubtrees(names.map((base) => new x509.GeneralSubtree({ base })));
  return new x509.NameConstraints({
    permittedSubtrees: subtrees(dnsNames),
    excludedSubtrees: subtrees(everyAddress),
  });
}

interface Issuer {
  readonly name: x509.Name;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

interface Subject {
  readonly name: x509.Name;
  readonly publicKey: KeyObject;
  readonly extensions: readonly x509.Extension[];
}

/** @returns the signed certificate in PEM */
function issue(issuer: Issuer, nowMs: number, subject: Subject): string {
  const signatureAlgorithm = new x509.AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 });
  const keyIdentifier = identifierOf(issuer.publicKey);
  const tbsCertificate = new x509.TBSCertificate({
    version: x509.Version.v3,
    serialNumber: randomSerialNumber(),
    signature: signatureAlgorithm,
    issuer: issuer.name,
    validity: new x509.Validity({
      notBefore: new Date(nowMs - VALID_BEFORE_MS),
      notAfter: new Date(nowMs + VALID_FOR_MS),
    }),
    subject: subject.name,
    subjectPublicKeyInfo: AsnConvert.parse(derOf(subject.publicKey), x509.SubjectPublicKeyInfo),
    extensions: new x509.Extensions([
      ...subject.extensions,
      extension(x509.id_ce_subjectKeyIdentifier, identifierOf(subject.publicKey)),
      extension(x509.id_ce_authorityKeyIdentifier, new x509.AuthorityKeyIdentifier({ keyIdentifier })),
    ]),
  });
  const signed = Buffer.from(AsnConvert.serialize(tbsCertificate));
  const signatureValue = toArrayBuffer(sign('sha256', signed, issuer.privateKey));
  const certificate = new x509.Certificate({ tbsCertificate, signatureAlgorithm, signatureValue });
  return new X509Certificate(Buffer.from(AsnConvert.serialize(certificate))).toString();
}

function critical(extnID: string, value: object): x509.Extension {
  return new x509.Extension({
    extnID,
    critical: true,
    extnValue: new OctetString(AsnConvert.serialize(value)),
  });
}

function extension(extnID: string, value: object): x509.Extension {
  return new x509.Extension({ extnID, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

function nameOf(commonName: string): x509.Name {
  const value = new x509.AttributeValue({ utf8String: commonName });
  const attribute = new x509.AttributeTypeAndValue({ type: COMMON_NAME, value });
  return new x509.Name([new x509.RelativeDistinguishedName([attribute])]);
}

/** RFC 7093 section 2, method 1. */
function identifierOf(publicKey: KeyObject): x509.KeyIdentifier {
  const { subjectPublicKey } = AsnConvert.parse(derOf(publicKey), x509.SubjectPublicKeyInfo);
  const digest = createHash('sha256').update(Buffer.from(subjectPublicKey)).digest();
  return new x509.KeyIdentifier(toArrayBuffer(digest.subarray(0, 20)));
}

function derOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: 'der', type: 'spki' });
}

/** A positive number that does not begin with a zero byte. */
function randomSerialNumber(): ArrayBuffer {
  const bytes = randomBytes(16);
  bytes[0] = (bytes.readUInt8(0) & 0x7f) | 0x40;
  return toArrayBuffer(bytes);
}

function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
