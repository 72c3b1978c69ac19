import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate for `localhost` that vouches for itself, for tests alone; valid until 2126. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUZ4sOxyfbeyZxIMNiCFnFNZunmMkwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEzMDAwMTUyMloYDzIxMjYxMTA2
MDAxNTIyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASGGzmXszdAZHjSWJb/OpDl3RiDebtegLETMVpuEPoxJNYjrGKrt6uv
oE469D81EEHSyo6Q3Nw+hAgaYpMEyJ0Go28wbTAdBgNVHQ4EFgQUsXoueWKnoCc4
Y9H3OHn4tI0Os/MwHwYDVR0jBBgwFoAUsXoueWKnoCc4Y9H3OHn4tI0Os/MwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgN+V+fsuyVcMR/mc/eIEbIun6Jh47w9qBb7wmzyG66aECIHpJ
lTUUcLArvVD72W5Vn7DYqVDEUqoAq4JxUYsS9LFO
-----END CERTIFICATE-----
`;

const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg6coCf5woqe1PltVr
jbILAHPTR88WNnCT+2qNRoCTv0ihRANCAASGGzmXszdAZHjSWJb/OpDl3RiDebte
gLETMVpuEPoxJNYjrGKrt6uvoE469D81EEHSyo6Q3Nw+hAgaYpMEyJ0G
-----END PRIVATE KEY-----
`;

/** Writes the certificate and its key to files of a folder, as the setting `tls` names them. */
export function writeCertificate(folder: string): { readonly certFile: string; readonly keyFile: string } {
  const certFile = join(folder, 'certificate.pem');
  const keyFile = join(folder, 'key.pem');
  writeFileSync(certFile, certificate);
  writeFileSync(keyFile, key);
  return { certFile, keyFile };
}
