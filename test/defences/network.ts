import { inServer, type Patch, type Subject, seenBy } from './defence.ts';

const inWire = (file: string, find: string, replacement: string): Patch => ({
  file: `packages/wire/src/${file}`,
  find,
  replacement,
});

export const network: Subject = {
  heading: 'Network and signed requests',
  defences: [
    {
      name: 'TLS or loopback',
      what: 'Plain HTTP is served on loopback alone, or behind a proxy that is named; anything else is refused at the start.',
      without: [
        inServer(
          'config/check-plain-http.ts',
          'if (tls === undefined && trustedProxies.length === 0) {',
          'if (tls === null) {',
        ),
      ],
      test: seenBy(
        'config/check-plain-http.test.ts',
        'a configuration with plain http beyond this machine is refused, and the message says what to do',
      ),
    },
    {
      name: 'Plain HTTP from proxies alone',
      what: 'Behind a named proxy, plain HTTP from another machine is refused, so that nobody types a password there.',
      without: [
        inServer('http/plain-http-gate.ts', 'if (!this.#clientAddress.isNear(peer)) {', 'if (false) {'),
      ],
      test: seenBy(
        'http/listen.test.ts',
        'plain http from others than the trusted proxies is refused, so that nobody types a password there',
      ),
    },
    {
      name: 'Addresses of trusted proxies',
      what: 'An address in `X-Forwarded-For` counts where a named proxy added it.',
      without: [
        inServer(
          'http/client-address.ts',
          "while (entry !== '' && this.isTrusted(address)) {",
          "while (entry !== '') {",
        ),
      ],
      test: seenBy(
        'http/client-address.test.ts',
        'addresses that the client itself wrote into X-Forwarded-For are ignored',
      ),
    },
    {
      name: 'Links of the configured URL',
      what: 'Links and redirects are made of the configured public URL, never of a header.',
      without: [
        inServer(
          'web/choices.ts',
          'location: `${context.config.baseUrl}${request.path}${query}`,',
          "location: `http://${request.headers['host']}${request.path}${query}`,",
        ),
      ],
      test: seenBy(
        'web/routes.test.ts',
        'no page and no redirect has the host that a request claims, but only the configured one',
      ),
    },
    {
      name: 'Control socket for its owner',
      what: 'Commands reach a server by a socket of mode 0600.',
      without: [
        inServer(
          'control/serve-control.ts',
          'chmodSync(place.socket, 0o600);',
          'chmodSync(place.socket, 0o666);',
        ),
      ],
      test: seenBy(
        'control/serve-control.test.ts',
        'the control socket has mode 0600 and is removed when the server closes',
      ),
    },
    {
      name: 'One reading of a request',
      what: 'A request that servers read in different ways is refused: two hosts, two lengths, other codings.',
      without: [
        inServer(
          'http/request-fault.ts',
          "if (seen.has(name)) return badRequest('repeatedHeader', name);",
          '',
        ),
      ],
      test: seenBy('http/request-fault.test.ts', 'each of them is refused when it comes twice'),
    },
    {
      name: 'CORS is off',
      what: 'No page of another origin calls the APIs unless the configuration names its origin; pages never, and never with cookies.',
      without: [
        inServer(
          'http/cross-origin.ts',
          'if (allowedOrigins.length === 0) return answer;',
          "if (allowedOrigins.length === 0) allowedOrigins = ['*'];",
        ),
      ],
      test: seenBy(
        'http/cross-origin.test.ts',
        'without configured origins, no page of another origin may call the APIs',
      ),
    },
    {
      name: 'JSON by its content type',
      what: 'An API takes a JSON body with a JSON content type alone, which a form on another site cannot send.',
      without: [
        inWire(
          'http-binding/read-request.ts',
          'if (mediaType !== undefined) checkContentType(mediaType, request);',
          'if (mediaType === "") checkContentType(mediaType, request);',
        ),
      ],
      test: seenBy('sso-oidc/bad-input.test.ts', 'another content type, or none'),
    },
    {
      name: 'Bounded bodies',
      what: 'A body is 64 KiB at most, and all together are bounded.',
      without: [
        inServer(
          'http/body-reader.ts',
          'if (length > MAX_BODY_BYTES) {',
          'if (length > MAX_BODY_BYTES * 100) {',
        ),
      ],
      test: seenBy('http/listen.test.ts', 'a request body over 64 KiB is refused at once, before it ends'),
    },
    {
      name: 'Shared connections',
      what: 'Connections, bodies and turns are divided by address before they are divided by arrival.',
      without: [
        inServer(
          'http/connection-pool.ts',
          'this.#pool.add(addressBlocks(this.address), this)',
          "this.#pool.add(addressBlocks(addressBlocks.length < 0 ? this.address : ''), this)",
        ),
      ],
      test: seenBy(
        'http/sharing.test.ts',
        'for one beyond the limit, the one is closed that has waited for longest, of the address with the most',
      ),
    },
    {
      name: 'Slow requests given up',
      what: 'A request whose headers or body do not arrive in time is given up.',
      without: [
        inServer('http/listen.ts', 'requestTimeout: bounds.requestTimeoutMs,', 'requestTimeout: 0,'),
        inServer('http/listen.ts', 'headersTimeout: bounds.headersTimeoutMs,', 'headersTimeout: 0,'),
      ],
      test: seenBy(
        'http/listen.test.ts',
        'a request whose headers or body do not arrive in time is given up',
      ),
    },
    {
      name: 'Signed requests',
      what: 'STS takes a request whose SigV4 signature is right for its method, path, query, headers and body.',
      without: [
        inWire(
          'sigv4/verify.ts',
          'if (!equalInConstantTime(authorization.signature, expected)) {',
          'if (!equalInConstantTime(authorization.signature, authorization.signature) || expected === "") {',
        ),
      ],
      test: seenBy('sts/get-caller-identity.test.ts', 'with anything of it changed after signing'),
    },
    {
      name: 'Body of the signed request',
      what: 'The hash of the body is that of what came.',
      without: [
        inWire(
          'sigv4/verify.ts',
          'if (actual !== undefined && (claimed === undefined || claimed === actual)) return actual;',
          'if (actual !== undefined) return claimed ?? actual;',
        ),
      ],
      test: seenBy(
        'sts/get-caller-identity.test.ts',
        'with another secret, or the payload hash of another body',
      ),
    },
    {
      name: 'Signed host and headers',
      what: 'The host and every `x-amz-` header must be signed.',
      without: [inWire('sigv4/check-claims.ts', 'if (unsigned !== undefined)', 'if (unsigned === "")')],
      test: seenBy('sts/get-caller-identity.test.ts', 'with a header of Amazon, or the host, left unsigned'),
    },
    {
      name: 'Signed for STS',
      what: 'A signature for another service is none here.',
      without: [inWire('sigv4/check-claims.ts', 'if (!services.includes(scope.service)) {', 'if (false) {')],
      test: seenBy('sts/get-caller-identity.test.ts', 'signed for another service'),
    },
    {
      name: 'Fifteen minutes of a signature',
      what: 'A signed request is good for 15 minutes from its date.',
      without: [
        inWire(
          'sigv4/check-claims.ts',
          'if (signedAtMs < nowMs - lifeMs) {',
          'if (signedAtMs < nowMs - lifeMs * 1000) {',
        ),
      ],
      test: seenBy(
        'sts/get-caller-identity.test.ts',
        'signed more than 15 minutes away from now, with a Date to correct a clock by',
      ),
    },
    {
      name: 'Testing mode on loopback alone',
      what: '`latchkey serve --testing`, in which anything signs in as anyone, is refused where others than this machine can reach the server.',
      without: [inServer('cli/serve/testing-mode.ts', 'if (wayIn !== undefined) {', 'if (wayIn === "") {')],
      test: seenBy(
        'cli/serve.test.ts',
        'latchkey serve --testing is refused when others than this machine could reach the server',
      ),
    },
  ],
};
