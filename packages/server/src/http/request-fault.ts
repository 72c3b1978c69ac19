import type { IncomingMessage } from 'node:http';
import type { Refusal } from './refusal.ts';

const MAX_HEADERS = 100;

/** Room for one header more than is allowed, so that Node shows that there are too many. */
export const MAX_HEADERS_SEEN = MAX_HEADERS + 1;

/**
 * Headers that a request has once. Of two, a proxy may read one and this server the other, and they serve different requests:
 * request smuggling.
 */
const SINGLE_HEADERS: ReadonlySet<string> = new Set([
  'host',
  'authorization',
  'content-type',
  'content-length',
  'transfer-encoding',
  'origin',
  'x-amz-sso_bearer_token',
]);

/** A host and a port, as in a URL (RFC 9112 section 3.2); empty where the target has no host. */
const hostForm = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/i;
const absoluteForm = /^https?:\/\/([^/?#]*)/i;

/**
 * Finds what makes a request one that HTTP servers read in different ways, beyond what Node refuses by itself (a wrong or
 * second `Content-Length`, one beside `Transfer-Encoding`, line ends, spaces and characters that must not be there).
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112
 */
export function findRequestFault(message: IncomingMessage): Refusal | undefined {
  for (const find of [findWrongVersion, findTooMany, findRepeated, findWrongCoding, findWrongHost]) {
    const fault = find(message);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function findWrongVersion({ httpVersion }: IncomingMessage): Refusal | undefined {
  if (httpVersion === '1.1' || httpVersion === '1.0') return undefined;
  return badRequest('wrongVersion', httpVersion);
}

function findTooMany({ rawHeaders }: IncomingMessage): Refusal | undefined {
  if (rawHeaders.length <= 2 * MAX_HEADERS) return undefined;
  return { status: 431, code: 'tooManyHeaders', value: String(MAX_HEADERS) };
}

function findRepeated({ rawHeaders }: IncomingMessage): Refusal | undefined {
  const seen = new Set<string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    if (!SINGLE_HEADERS.has(name)) continue;
    if (seen.has(name)) return badRequest('repeatedHeader', name);
    seen.add(name);
  }
  return undefined;
}

/** Node takes other codings before `chunked`, and `Transfer-Encoding` in HTTP/1.0, which does not have it. */
function findWrongCoding({ headers, httpVersion }: IncomingMessage): Refusal | undefined {
  const coding = headers['transfer-encoding'];
  if (coding === undefined) return undefined;
  if (httpVersion === '1.0') return badRequest('codingInHttp10');
  if (coding.toLowerCase() === 'chunked') return undefined;
  return badRequest('unknownCoding');
}

function findWrongHost({ headers: { host }, httpVersion, url = '' }: IncomingMessage): Refusal | undefined {
  if (host === undefined && httpVersion === '1.1') return badRequest('noHost');
  if (host === undefined) return undefined;
  if (!hostForm.test(host)) return badRequest('wrongHost');
  const [absolute, authority = ''] = absoluteForm.exec(url) ?? [];
  if (absolute === undefined || isSameAuthority(absolute, authority, host)) return undefined;
  return badRequest('twoHosts');
}

/** Whether two authorities of the scheme of a target are the same, with or without its default port. */
function isSameAuthority(target: string, authority: string, host: string): boolean {
  const port = /^https/i.test(target) ? /:(?:443)?$/ : /:(?:80)?$/;
  return authority.toLowerCase().replace(port, '') === host.toLowerCase().replace(port, '');
}

function badRequest(code: Refusal['code'], value = ''): Refusal {
  return { status: 400, code, value };
}
