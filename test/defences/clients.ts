import { inServer, type Subject, seenBy } from './defence.ts';

export const clients: Subject = {
  heading: 'Clients',
  defences: [
    {
      name: 'Registration that stores nothing',
      what: 'Registering a client writes nothing: the registration travels, sealed, as the client id.',
      without: [
        inServer(
          'grants/client-registration.ts',
          '  const id = randomBytes(ID_BYTES);\n',
          '  const id = randomBytes(ID_BYTES);\n  void context.store.takeAttempt([{ subject: Buffer.from(id), holder: Buffer.alloc(8), limit: 1, windowMs: 1000 }], issuedAtMs);\n',
        ),
      ],
      test: seenBy(
        'grants/client-registration.test.ts',
        'registering writes nothing, so it cannot fill a disk',
      ),
    },
    {
      name: 'Secret of the client',
      what: 'A client shows its own secret, of 256 bits, derived from its id; it is compared in constant time and stored nowhere.',
      without: [
        inServer(
          'grants/client-registration.ts',
          'return expected.length === stated.length && timingSafeEqual(expected, stated);',
          'void timingSafeEqual;\n  return expected.length === stated.length;',
        ),
      ],
      test: seenBy('grants/client-registration.test.ts', 'a client needs its own secret, to the letter'),
    },
    {
      name: 'Registrations that end',
      what: 'A client registration ends after 90 days.',
      without: [
        inServer(
          'grants/client-registration.ts',
          'if (client.expiresAtMs <= context.now()) {\n    const expiredAt',
          'if (false) {\n    const expiredAt',
        ),
      ],
      test: seenBy(
        'grants/client-registration.test.ts',
        'a registration ends after 90 days, in whole seconds',
      ),
    },
    {
      name: 'Grants that the client registered',
      what: 'A client uses the grants that it registered for, and no other.',
      without: [
        inServer(
          'grants/client-registration.ts',
          'if (!client.grantTypes.includes(grantType)) {',
          'if (false) {',
        ),
      ],
      test: seenBy(
        'grants/authorization-code.test.ts',
        'a client that did not register for the grant cannot use it',
      ),
    },
    {
      name: 'Three grants',
      what: 'Device code, authorization code and refresh token are the only grants: there is none for passwords, and no implicit one.',
      without: [
        inServer('grants/client-metadata.ts', 'if (unknown !== undefined) {', 'if (unknown === "") {'),
      ],
      test: seenBy('grants/client-metadata.test.ts', '`registration refuses ${what}`'),
    },
    {
      name: 'Scopes that were granted',
      what: 'No token has a scope that its person has not allowed.',
      without: [inServer('grants/scopes.ts', 'if (beyond !== undefined) {', 'if (beyond === "") {')],
      test: seenBy('grants/scopes.test.ts', 'no request gets more than was granted (RFC 6749 section 6)'),
    },
    {
      name: 'Scope needed for accounts',
      what: 'A token without the scope `sso:account:access` lists nothing and gets no role credentials.',
      without: [
        inServer(
          'sso/require-access.ts',
          'if (!access.scopes.some(isAccountAccess)) {',
          'if (!access.scopes.some(isAccountAccess) && access.user.id === "") {',
        ),
      ],
      test: seenBy(
        'sso/portal.test.ts',
        'without the scope sso:account:access opens nothing, but can end its session',
      ),
    },
    {
      name: 'Bounded registrations',
      what: 'A registration is bounded, as it travels in the address of a page.',
      without: [
        inServer(
          'grants/client-registration.ts',
          'if (bytes.length > MAX_REGISTRATION_BYTES) {',
          'if (bytes.length > MAX_REGISTRATION_BYTES ** 2) {',
        ),
      ],
      test: seenBy(
        'grants/client-registration.test.ts',
        'registration refuses more than fits in the address of /authorize',
      ),
    },
    {
      name: 'Sealed client ids',
      what: 'A client id is sealed: one that was changed, or is of another instance, is unknown.',
      without: [
        inServer(
          'keys/keys.ts',
          'decipher.final();\n    } catch {\n      return undefined;\n    }',
          'decipher.final();\n    } catch {\n      return plaintext;\n    }',
        ),
      ],
      test: seenBy('keys/keys.test.ts', 'a seal with a single bit changed, or a part missing, does not open'),
    },
  ],
};
