import { makeConstrainedCertificate } from '../../private-names/constrained-certificate.ts';

const made = makeConstrainedCertificate(['localhost'], Date.now());

/** A certificate and its key for `localhost`, as the setting `tls` of a test may have them. */
export const tls = { cert: made.certificate, key: made.key };

/** The authority that vouches for the certificate. */
export const authority = made.authority;
