import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { AsnConvert } from '@peculiar/asn1-schema';
import * as x509 from '@peculiar/asn1-x509';
import { makeConstrainedCertificate } from './constrained-certificate.ts';
import { awsHostNames } from './host-names.ts';

const NOW_MS = Date.parse('2026-11-30T12:00:00Z');
const regions = ['us-east-1', 'cn-north-1', 'us-gov-west-1'];

/** The extensions of a certificate, by their object identifiers. */
function extensionsOf(pem: string): ReadonlyMap<string, x509.Extension> {
  const { tbsCertificate } = AsnConvert.parse(new X509Certificate(pem).raw, x509.Certificate);
  return new Map((tbsCertificate.extensions ?? []).map((extension) => [extension.extnID, extension]));
}

for (const region of regions) {
  const hosts = awsHostNames(region);
  const made = makeConstrainedCertificate(hosts, NOW_MS);
  const authority = new X509Certificate(made.authority);
  const certificate = new X509Certificate(made.certificate);

  test(`the authority for ${region} may vouch for servers of the three host names alone, and clients must heed that`, () => {
    const extensions = extensionsOf(made.authority);
    const constraints = extensions.get(x509.id_ce_nameConstraints);
    assert.ok(constraints?.critical);
    const { permittedSubtrees, excludedSubtrees } = AsnConvert.parse(
      constraints.extnValue,
      x509.NameConstraints,
    );
    const kinds = (subtrees: x509.GeneralSubtrees | undefined) =>
      Array.from(subtrees ?? [], ({ base, minimum, maximum }) => [
        ...Object.entries(base).filter(([, name]) => name !== undefined),
        [minimum, maximum],
      ]);
    assert.deepEqual(
      kinds(permittedSubtrees),
      hosts.map((host) => [
        ['dNSName', host],
        [0, undefined],
      ]),
    );
    assert.deepEqual(
      kinds(excludedSubtrees),
      ['0.0.0.0/0', '::/0'].map((address) => [
        ['iPAddress', address],
        [0, undefined],
      ]),
    );
    const basic = extensions.get(x509.id_ce_basicConstraints);
    assert.ok(basic?.critical);
    const { cA, pathLenConstraint } = AsnConvert.parse(basic.extnValue, x509.BasicConstraints);
    assert.deepEqual({ cA, pathLenConstraint }, { cA: true, pathLenConstraint: 0 });
    assert.deepEqual(authority.keyUsage, [x509.id_kp_serverAuth]);
  });

  test(`the certificate for ${region} is for its three host names, is no authority, and is signed by the constrained one`, () => {
    assert.equal(certificate.subjectAltName, hosts.map((host) => `DNS:${host}`).join(', '));
    assert.equal(certificate.ca, false);
    assert.equal(authority.ca, true);
    assert.ok(certificate.checkIssued(authority) && certificate.verify(authority.publicKey));
    assert.ok(authority.checkIssued(authority) && authority.verify(authority.publicKey));
    assert.deepEqual(certificate.keyUsage, [x509.id_kp_serverAuth]);
  });

  test(`the private key for ${region} is the server's, not the authority's`, () => {
    assert.ok(certificate.checkPrivateKey(createPrivateKey(made.key)));
    assert.ok(!authority.checkPrivateKey(createPrivateKey(made.key)));
    assert.equal(JSON.stringify(made).match(/PRIVATE KEY-----/g)?.length, 2, 'one key: a begin and an end');
  });

  test(`the certificates for ${region} are valid from a day before to a year after`, () => {
    for (const { validFromDate, validToDate } of [authority, certificate]) {
      assert.equal(validFromDate.toISOString(), '2026-11-29T12:00:00.000Z');
      assert.equal(validToDate.toISOString(), '2027-11-30T12:00:00.000Z');
    }
  });
}

test('no two certificates have the same serial number or key', () => {
  const [one, other] = [1, 2].map(() => makeConstrainedCertificate(awsHostNames('us-east-1'), NOW_MS));
  assert.ok(one && other);
  assert.notEqual(one.key, other.key);
  for (const kind of ['authority', 'certificate'] as const) {
    assert.notEqual(
      new X509Certificate(one[kind]).serialNumber,
      new X509Certificate(other[kind]).serialNumber,
    );
  }
});
