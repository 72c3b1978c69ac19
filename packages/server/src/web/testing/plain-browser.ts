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

/** A simple browser for tests of pages: keeps cookies, runs no script, follows no redirect. */
export class PlainBrowser {
  readonly #origin: string;
  readonly #cookies: Map<string, string>;

  /** @param shared - a browser of another origin on the same host, whose cookies are this one's too */
  constructor(origin: string, shared?: PlainBrowser) {
    this.#origin = origin;
    this.#cookies = shared === undefined ? new Map() : shared.#cookies;
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  setCookie(header: string): void {
    const [name = '', value = ''] = (header.split(';')[0] ?? '').split('=');
    if (value === '') this.#cookies.delete(name);
    else this.#cookies.set(name, value);
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
      hidden: Object.fromEntries(
        [...text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)].map(([, name, value]) => [
          name,
          decodeEntities(value ?? ''),
        ]),
      ),
    };
  }
}

function decodeEntities(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
