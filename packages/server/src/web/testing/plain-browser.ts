import type { Latchkey } from '../../testing-kit/mod.ts';

/** A response as a browser without script sees it. */
export interface PageView {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The `Location` header; without the origin where that is the browser's own. */
  readonly location: string | undefined;
  /** Values of the hidden form fields, by name. */
  readonly hidden: Readonly<Record<string, string>>;
}

interface Instance extends Pick<Latchkey, 'url'> {
  readonly clock: Pick<Latchkey['clock'], 'now'>;
}

interface Cookie {
  readonly value: string;
  readonly expiresAtMs: number;
}

/**
 * A simple browser for tests of pages: keeps cookies until their `Max-Age` is over by the instance's clock, runs no script,
 * follows no redirect.
 */
export class PlainBrowser {
  readonly #origin: string;
  readonly #now: () => number;
  readonly #cookies: Map<string, Cookie>;

  /** @param shared - a browser of another origin on the same host, whose cookies are this one's too */
  constructor({ url, clock }: Instance, shared?: PlainBrowser) {
    this.#origin = url;
    this.#now = () => clock.now();
    this.#cookies = shared === undefined ? new Map() : shared.#cookies;
  }

  /** The `Cookie` header. */
  get cookie(): string {
    const nowMs = this.#now();
    return [...this.#cookies]
      .flatMap(([name, { value, expiresAtMs }]) => (expiresAtMs > nowMs ? [`${name}=${value}`] : []))
      .join('; ');
  }

  /** Keeps a cookie, as a `Set-Cookie` header has it; without `Max-Age`, for good. */
  setCookie(header: string): void {
    const [name = '', value = ''] = (header.split(';')[0] ?? '').split('=');
    const maxAgeSeconds = Number(/; Max-Age=(-?\d+)/i.exec(header)?.[1] ?? Number.POSITIVE_INFINITY);
    if (maxAgeSeconds <= 0) this.#cookies.delete(name);
    else this.#cookies.set(name, { value, expiresAtMs: this.#now() + maxAgeSeconds * 1000 });
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<PageView> {
    return this.#request(path, { method: 'GET', headers });
  }

  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<PageView> {
    return this.#request(path, { method: 'POST', headers, body: new URLSearchParams(fields) });
  }

  async #request(path: string, init: RequestInit & { readonly headers: Readonly<Record<string, string>> }) {
    const response = await fetch(this.#origin + path, {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', cookie: this.cookie, ...init.headers },
    });
    for (const header of response.headers.getSetCookie()) this.setCookie(header);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      location: response.headers.get('location')?.replace(this.#origin, ''),
      hidden: hiddenFieldsOf(text),
    };
  }
}

/** @param text - a page, or a form of it */
export function hiddenFieldsOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(
      ([, name = '', value = '']) => [name, decodeEntities(value)],
    ),
  );
}

function decodeEntities(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
