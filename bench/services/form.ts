import type { Answer } from '../load/connection.ts';

/**
 * Reads the hidden inputs of the form that posts to a path. Not an HTML parser, but enough for pages with plain markup.
 */
export function parseForm(html: string, path: string): URLSearchParams {
  for (const [, tag = '', content = ''] of html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)) {
    if (attribute(tag, 'method') === 'post' && attribute(tag, 'action')?.endsWith(path)) {
      return hiddenInputs(content);
    }
  }
  throw new Error(`Cannot fill in the form: found none that posts to "${path}" in ${html}`);
}

/** Cookies that an answer sets, as a `Cookie` header line with CRLF; empty when it sets none. */
export function cookieLine(answer: Answer): string {
  const pairs = [...answer.head.matchAll(/\r\nset-cookie: *([^;\r]+)/gi)].map(([, pair]) => pair);
  return pairs.length === 0 ? '' : `Cookie: ${pairs.join('; ')}\r\n`;
}

/** Path of the URL that an answer redirects to. */
export function redirectPath(answer: Answer): string {
  const location = /\r\nlocation: *(\S+)/i.exec(answer.head)?.[1];
  if (location === undefined)
    throw new Error(`Cannot follow the redirect: found no Location in ${answer.head}`);
  const { pathname, search } = new URL(location, 'http://localhost');
  return pathname + search;
}

function hiddenInputs(html: string): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [input] of html.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(input, 'name');
    if (attribute(input, 'type') === 'hidden' && name !== undefined) {
      fields.append(name, attribute(input, 'value') ?? '');
    }
  }
  return fields;
}

const attributePatterns = {
  action: /\saction="([^"]*)"/,
  method: /\smethod="([^"]*)"/,
  name: /\sname="([^"]*)"/,
  type: /\stype="([^"]*)"/,
  value: /\svalue="([^"]*)"/,
};

function attribute(tag: string, name: keyof typeof attributePatterns): string | undefined {
  const value = attributePatterns[name].exec(tag)?.[1];
  if (value === undefined || !value.includes('&')) return value;
  return value.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}
