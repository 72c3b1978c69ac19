import fc from 'fast-check';
import { anyCharacter } from '../../packages/server/src/fixtures/any-character.ts';
import { aliasedPaths } from '../../packages/server/src/typed-clients/aliases.ts';

/** Genuine values of an instance by member name, with which a request gets past the first check. */
export type Genuine = Readonly<Record<string, string | readonly string[]>>;

/** A member or header, by name; with the name of the genuine value, where that is another. */
type Member = string | readonly [name: string, genuine: string];

/** An endpoint, and the members it takes. */
interface Endpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly members: readonly Member[];
  readonly sentAs: 'json' | 'form' | 'query';
  readonly headers?: readonly Member[];
}

const client = ['clientId', 'clientSecret'];
const bearer = { headers: ['x-amz-sso_bearer_token'] };
const browser = { headers: ['cookie'] };
const authorize = [
  'client_id',
  'redirect_uri',
  'response_type',
  'code_challenge',
  'code_challenge_method',
  'state',
];
const sts = [
  'Action',
  'Version',
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
];
const signed = { headers: ['authorization', 'x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256'] };

/** What a form's own page has filled in, by the name of the field; `cookie` is of the browser that got the page. */
export const genuineOf = (path: string, name: string) => `${name} of ${path}`;

/** A form of a person's own, which gets past the check of its token. */
function ownForm(path: string, members: readonly string[]): readonly Endpoint[] {
  const headers: readonly Member[] = [['cookie', genuineOf(path, 'cookie')]];
  const token: Member = ['form_token', genuineOf(path, 'form_token')];
  return [
    { method: 'GET', path, members: [], sentAs: 'query', headers },
    { method: 'POST', path, members: [token, ...members], sentAs: 'form', headers },
  ];
}

function typedClientPage(path: string): Endpoint {
  return { method: 'GET', path, members: ['docs', 'actions'], sentAs: 'query' };
}

export const endpoints: readonly Endpoint[] = [
  ...ownForm('/me', ['end']),
  ...ownForm('/me/security', ['remove']),
  ...ownForm('/me/security/password', ['current_password', 'new_password', 'repeated_password', 'to']),
  ...ownForm('/me/security/totp', ['enrolment', 'name', 'code', 'to']),
  ...ownForm('/me/security/passkey', ['name', 'passkey', 'to']),
  ...ownForm('/me/security/recovery-codes', []),
  ...(['code', 'recovery_code', 'passkey'] as const).flatMap((factor) =>
    ownForm('/sign-in/factor', [factor, 'to']),
  ),
  ...ownForm('/link', ['token', 'password', 'new_password', 'repeated_password']),
  ...['/link', '/not-me'].map(
    (path): Endpoint => ({ method: 'GET', path, members: ['token'], sentAs: 'query', ...browser }),
  ),
  { method: 'POST', path: '/not-me', members: ['form_token', 'token'], sentAs: 'form', ...browser },
  { method: 'GET', path: '/link', members: ['token'], sentAs: 'query', ...browser },
  ...ownForm('/not-me', ['token']),
  { method: 'GET', path: '/not-me', members: ['token'], sentAs: 'query', ...browser },
  {
    method: 'GET',
    path: '/me',
    members: [
      ['browser', 'id'],
      ['program', 'id'],
    ],
    sentAs: 'query',
    ...browser,
  },
  { method: 'GET', path: '/step-up', members: ['role', 'client'], sentAs: 'query', ...browser },
  ...['/aws-config', '/.well-known/change-password', '/start/'].map(
    (path): Endpoint => ({ method: 'GET', path, members: [], sentAs: 'query', ...browser }),
  ),
  ...['/v0.4', ...aliasedPaths].flatMap((path) => [path, `${path}/services/sqs.ts`].map(typedClientPage)),
  ...['/x/sqs', '/.completions/services', '/.well-known/deno-import-intellisense.json'].map(typedClientPage),
  {
    method: 'POST',
    path: '/client/register',
    members: ['clientName', 'clientType', 'scopes', 'redirectUris', 'grantTypes', 'issuerUrl'],
    sentAs: 'json',
  },
  { method: 'POST', path: '/device_authorization', members: [...client, 'startUrl'], sentAs: 'json' },
  {
    method: 'POST',
    path: '/token',
    members: [...client, ['grantType', 'deviceCodeGrant'], 'deviceCode', 'scope'],
    sentAs: 'json',
  },
  {
    method: 'POST',
    path: '/token',
    members: [...client, ['grantType', 'refreshTokenGrant'], 'refreshToken', 'scope'],
    sentAs: 'json',
  },
  {
    method: 'POST',
    path: '/token',
    members: [...client, ['grantType', 'codeGrant'], 'code', 'redirectUri', 'codeVerifier'],
    sentAs: 'json',
  },
  {
    method: 'POST',
    path: '/token?aws_iam=t',
    members: ['clientId', ['grantType', 'codeGrant'], 'assertion'],
    sentAs: 'json',
  },
  {
    method: 'GET',
    path: '/assignment/accounts',
    members: ['max_result', 'next_token'],
    sentAs: 'query',
    ...bearer,
  },
  {
    method: 'GET',
    path: '/assignment/roles',
    members: ['account_id', 'max_result'],
    sentAs: 'query',
    ...bearer,
  },
  {
    method: 'GET',
    path: '/federation/credentials',
    members: ['account_id', 'role_name'],
    sentAs: 'query',
    ...bearer,
  },
  { method: 'POST', path: '/logout', members: [], sentAs: 'query', headers: ['accept'] },
  { method: 'POST', path: '/', members: sts.slice(0, 2), sentAs: 'form', ...signed },
  { method: 'GET', path: '/', members: [...sts, 'X-Amz-Date', 'X-Amz-Expires'], sentAs: 'query' },
  { method: 'GET', path: '/authorize', members: [...authorize, 'scope'], sentAs: 'query', ...browser },
  {
    method: 'POST',
    path: '/consent',
    members: ['request', 'form_token', 'decision', 'confirmation'],
    sentAs: 'form',
    ...browser,
  },
  { method: 'GET', path: '/device', members: ['user_code'], sentAs: 'query', ...browser },
  { method: 'GET', path: '/device', members: [['request', 'deviceReference']], sentAs: 'query', ...browser },
  {
    method: 'POST',
    path: '/device',
    members: ['user_code', 'form_token', 'decision', 'confirmation'],
    sentAs: 'form',
    ...browser,
  },
  {
    method: 'POST',
    path: '/device',
    members: [['request', 'deviceReference'], 'form_token', 'decision', 'confirmation'],
    sentAs: 'form',
    ...browser,
  },
  { method: 'GET', path: '/sign-in', members: ['to'], sentAs: 'query', ...browser },
  {
    method: 'POST',
    path: '/sign-in',
    members: ['user_name', 'password', 'form_token', 'to'],
    sentAs: 'form',
    ...browser,
  },
  {
    method: 'POST',
    path: '/people',
    members: ['form_token', 'person', 'to', 'action'],
    sentAs: 'form',
    ...browser,
  },
  {
    method: 'POST',
    path: '/take-back',
    members: ['form_token', 'authorization'],
    sentAs: 'form',
    ...browser,
  },
  { method: 'POST', path: '/sign-out', members: ['form_token'], sentAs: 'form', ...browser },
  ...['/', '/start', '/sign-out'].map(
    (path): Endpoint => ({ method: 'GET', path, members: [], sentAs: 'query', ...browser }),
  ),
  ...['/device/allowed', '/device/denied', '/taken-back'].map(
    (path): Endpoint => ({ method: 'GET', path, members: ['done'], sentAs: 'query', ...browser }),
  ),
  ...['/assets/latchkey.css', '/assets/favicon.svg', '/healthz', '/readyz', '/metrics', '/nothing'].map(
    (path): Endpoint => ({
      method: 'GET',
      path,
      members: [],
      sentAs: 'query',
      headers: ['accept', 'if-none-match'],
    }),
  ),
  ...['reference.css', 'reference.js', 'passkeys.js', 'logo'].map(
    (name): Endpoint => ({
      ...{ method: 'GET', path: `/assets/${name}`, members: [], sentAs: 'query' },
      headers: ['accept', 'if-none-match'],
    }),
  ),
];

const contentTypes = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  query: undefined,
};

/** Requests as bytes: mostly what the endpoint takes, with something missing, added, or put in place of it. */
export function requests(genuine: Genuine): fc.Arbitrary<Buffer> {
  const known = Object.values(genuine).flat();
  const odd = fc.oneof(
    fc.constantFrom(...known),
    fc.string({ unit: anyCharacter, maxLength: 40 }),
    fc.constantFrom('', '%', '%00', '\0', '../..', '-1', '1e999', '\ud800', 'ﬃ', '٣', 'x'.repeat(5000)),
  );
  const oddJson = fc.oneof(odd, fc.array(odd, { maxLength: 30 }), fc.jsonValue({ maxDepth: 3 }));
  const oddName = fc.oneof(
    fc.constantFrom('__proto__', 'constructor', 'toString', ''),
    fc.string({ maxLength: 8 }),
  );
  const mostly = <T>(usual: T, other: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

  const field = (name: string, from = name) =>
    mostly<unknown>(genuine[from] ?? '', fc.oneof(oddJson, fc.constant(undefined))).map(
      (value) => [name, value] as const,
    );
  const fieldOf = (member: Member) => (typeof member === 'string' ? field(member) : field(...member));
  const extra = fc.array(fc.tuple(oddName, oddJson), { maxLength: 3 });

  return fc
    .constantFrom(...endpoints)
    .chain(({ method, path, members, sentAs, headers = [] }) =>
      fc.record({
        sentAs: mostly<Endpoint['sentAs']>(sentAs, fc.constantFrom('json', 'form', 'query')),
        method: mostly<string>(
          method,
          fc.constantFrom('GET', 'POST', 'HEAD', 'PUT', 'OPTIONS', 'TRACE', 'QUERY'),
        ),
        path: mostly(
          path,
          fc.oneof(
            fc.webPath(),
            odd.map((text) => `/${encode(text)}`),
          ),
        ),
        fields: fc.tuple(...members.map(fieldOf)),
        extra: mostly<[string, unknown][]>([], extra),
        headers: fc.tuple(...headers.map(fieldOf)),
        extraHeaders: mostly<[string, string][]>([], fc.array(fc.tuple(oddHeader, odd), { maxLength: 3 })),
        oddType: mostly<string | undefined>(undefined, odd),
        oddBody: mostly<string | Uint8Array | undefined>(
          undefined,
          fc.oneof(fc.string({ unit: anyCharacter, maxLength: 200 }), fc.uint8Array({ maxLength: 200 })),
        ),
      }),
    )
    .map(({ fields, extra, oddType, oddBody, headers, extraHeaders, sentAs, ...line }) => {
      const entries = [...fields, ...extra].filter(([, value]) => value !== undefined);
      const text = sentAs === 'json' ? JSON.stringify(Object.fromEntries(entries)) : renderForm(entries);
      const contentType = oddType ?? contentTypes[sentAs];
      const named = contentType === undefined ? [] : [['content-type', contentType] as const];
      const target = sentAs === 'query' ? withQuery(line.path, text) : line.path;
      const body = oddBody ?? (sentAs === 'query' ? '' : text);
      return render(line.method, target, [...named, ...headers, ...extraHeaders], Buffer.from(body));
    });
}

const oddHeader = fc.constantFrom(
  ...[
    'origin',
    'sec-fetch-site',
    'x-forwarded-for',
    'accept',
    'user-agent',
    'referer',
    'set-cookie',
    'date',
    'cookie',
  ],
  ...[
    'authorization',
    'x-amz-target',
    'x-amz-date',
    'if-none-match',
    'accept-encoding',
    'range',
    'x-amz-sso_bearer_token',
  ],
);

function renderForm(entries: readonly (readonly [string, unknown])[]): string {
  return entries.map(([name, value]) => `${encode(name)}=${encode(String(value))}`).join('&');
}

function withQuery(path: string, query: string): string {
  return query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`;
}

/** Percent-encoded as far as it can be. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function render(
  method: string,
  target: string,
  headers: readonly (readonly [string, unknown])[],
  body: Uint8Array,
): Buffer {
  // Line breaks would only make another request of it.
  const lines = headers.map(([name, value]) => `${name}: ${String(value).replace(/[\r\n\0]/g, ' ')}\r\n`);
  const line = `${method} ${target.replace(/[^!-~]/g, '')} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n`;
  return Buffer.concat([Buffer.from(`${line}${lines.join('')}content-length: ${body.length}\r\n\r\n`), body]);
}
