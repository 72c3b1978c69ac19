import type { RequestHead } from '../http.ts';
import { Misfit } from '../misfit.ts';
import type { QueryEntries } from '../values/query-string.ts';
import { percentDecode } from '../values/query-string.ts';
import { parseAmzDate, renderAmzDate } from './amz-date.ts';
import type { CredentialScope } from './credential-scope.ts';
import { parseCredentialScope } from './credential-scope.ts';
import { maxExpiresSeconds } from './presign.ts';
import type { SigV4Refusal } from './refusal.ts';
import { refused } from './refusal.ts';
import { algorithm } from './string-to-sign.ts';
import type { SigV4VerificationOptions } from './verification-options.ts';

/** The signature of a request and what it claims, from headers or query, not yet verified. */
export interface Authorization {
  readonly kind: 'authorization';
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly amzDate: string;
  readonly signedAtMs: number;
  readonly sessionToken: string | undefined;
  /** Of a presigned request only, unless it is ignored. */
  readonly expiresSeconds: number | undefined;
  /** Query without the signature: the part that was signed. */
  readonly query: string;
}

/** Parts of the authorization, from the header or the query. */
interface Parts {
  readonly credential: string | undefined;
  readonly signedHeaders: string | undefined;
  readonly signature: string | undefined;
  readonly amzDate: string | undefined;
}

type Claims = Pick<Authorization, 'sessionToken' | 'expiresSeconds' | 'query'>;

type ParseOptions = Pick<SigV4VerificationOptions<never>, 'ignoresExpires'>;

export function parseAuthorization(
  request: RequestHead,
  options: ParseOptions = {},
): Authorization | SigV4Refusal {
  const header = request.headers['authorization'];
  const isPresigned = /(?:^|&)X-Amz-(?:Algorithm|Signature)=/i.test(request.query);
  if (header !== undefined && isPresigned) {
    return refused(
      'IncompleteSignature',
      'Found a signature in the headers and another in the query, expected one',
    );
  }
  if (isPresigned) return parseQueryForm(request, options);
  if (header === undefined || header === '') {
    return refused(
      'MissingAuthenticationToken',
      'The request carries no signature: expected one in its headers or its query',
    );
  }
  return parseHeaderForm(header, request);
}

function parseHeaderForm(header: string, { headers, query }: RequestHead): Authorization | SigV4Refusal {
  const [scheme, rest = ''] = header.trim().split(/\s+(.*)/s, 2);
  if (scheme !== algorithm) return unsupportedAlgorithm();
  const fields = rest.split(',').map((field) => field.trim().split(/=(.*)/s, 2));
  const field = (name: string) =>
    single(fields.filter(([found]) => found === name).map(([, value]) => value));
  const parts = {
    credential: field('Credential'),
    signedHeaders: field('SignedHeaders'),
    signature: field('Signature'),
    amzDate: headers['x-amz-date'] ?? fromHttpDate(headers['date']),
  };
  return assemble(parts, { sessionToken: headers['x-amz-security-token'], expiresSeconds: undefined, query });
}

function parseQueryForm(
  { headers, query }: RequestHead,
  { ignoresExpires = false }: ParseOptions,
): Authorization | SigV4Refusal {
  const entries = decodeEntries(query);
  if (entries === undefined)
    return refused('IncompleteSignature', 'Cannot read the query: bad percent-encoding');
  const all = (name: string) =>
    entries.filter(([found]) => found.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  const member = (name: string) => single(all(name));
  if (member('X-Amz-Algorithm') !== algorithm) return unsupportedAlgorithm();
  const expiresSeconds = parseExpires(member('X-Amz-Expires'));
  const mayLackExpires = ignoresExpires && all('X-Amz-Expires').length === 0;
  if (expiresSeconds === undefined && !mayLackExpires) {
    return refused(
      'IncompleteSignature',
      `X-Amz-Expires must be given once: a number of seconds from 1 to ${maxExpiresSeconds}`,
    );
  }
  const parts = {
    credential: member('X-Amz-Credential'),
    signedHeaders: member('X-Amz-SignedHeaders'),
    signature: member('X-Amz-Signature'),
    amzDate: member('X-Amz-Date'),
  };
  const unsigned = query.split('&').filter((part) => !/^X-Amz-Signature=/i.test(part));
  return assemble(parts, {
    sessionToken: member('X-Amz-Security-Token') ?? headers['x-amz-security-token'],
    expiresSeconds: ignoresExpires ? undefined : expiresSeconds,
    query: unsigned.join('&'),
  });
}

function parseExpires(text = ''): number | undefined {
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return seconds >= 1 && seconds <= maxExpiresSeconds ? seconds : undefined;
}

function assemble(parts: Parts, claims: Claims): Authorization | SigV4Refusal {
  const { credential = '', signedHeaders = '', signature = '', amzDate = '' } = parts;
  const slash = credential.indexOf('/');
  const scope = parseCredentialScope(credential.slice(slash + 1));
  if (slash < 1 || scope === undefined) {
    return incomplete('Credential', 'ACCESS_KEY_ID/yyyymmdd/region/service/aws4_request');
  }
  if (signedHeaders === '') return incomplete('SignedHeaders', 'a list of header names');
  if (!/^[\da-f]{64}$/.test(signature)) return incomplete('Signature', '64 hexadecimal digits');
  const signedAtMs = parseAmzDate(amzDate);
  if (signedAtMs === undefined) return incomplete('X-Amz-Date', 'an instant such as 20150830T123600Z');
  return {
    kind: 'authorization',
    accessKeyId: credential.slice(0, slash),
    scope,
    signedHeaders: signedHeaders.split(';'),
    signature,
    amzDate,
    signedAtMs,
    ...claims,
  };
}

function incomplete(part: string, wanted: string): SigV4Refusal {
  return refused('IncompleteSignature', `Authorization needs '${part}' exactly once: ${wanted}`);
}

function unsupportedAlgorithm(): SigV4Refusal {
  return refused('IncompleteSignature', `Authorization must be of algorithm ${algorithm}`);
}

/** The only value. Undefined also where there are several, as it is unclear which one is meant. */
function single<Value>(values: readonly Value[]): Value | undefined {
  return values.length === 1 ? values[0] : undefined;
}

function fromHttpDate(date: string | undefined): string | undefined {
  const milliseconds = Date.parse(date ?? '');
  return Number.isNaN(milliseconds) ? undefined : renderAmzDate(milliseconds);
}

/** Parses the query. Other than in a form, a plus is not a space: session tokens have many. */
function decodeEntries(query: string): QueryEntries | undefined {
  try {
    return query.split('&').map((part) => {
      const [name = '', value = ''] = part.split(/=(.*)/s, 2);
      return [percentDecode(name), percentDecode(value)];
    });
  } catch (error) {
    if (error instanceof Misfit) return undefined;
    throw error;
  }
}
