import { exchange } from './exchange.ts';
import type { Answer } from './message.ts';

/** A minimal browser for the pages: keeps cookies, follows redirects, sends forms with their hidden fields. */
export class Browser {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();

  /** @param url - of the instance, without a trailing slash */
  constructor(url: string) {
    this.#url = url;
  }

  async open(path: string): Promise<Answer> {
    return this.#follow(await this.#ask('GET', path));
  }

  /** Sends the page's form, with `fields` filled in. */
  async submit(page: Answer, path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    return this.#follow(
      await this.#ask('POST', path, new URLSearchParams({ ...hiddenFields(page.body), ...fields })),
    );
  }

  async #ask(method: 'GET' | 'POST', path: string, form?: URLSearchParams): Promise<Answer> {
    const cookie = Array.from(this.#cookies, ([name, value]) => `${name}=${value}`).join('; ');
    const answer = await exchange(this.#url, {
      method,
      path,
      headers: {
        accept: 'text/html',
        ...(cookie !== '' && { cookie }),
        ...(form && { 'content-type': 'application/x-www-form-urlencoded', origin: this.#url }),
      },
      ...(form && { body: form.toString() }),
    });
    if (answer.status >= 400) throw new Error(`The page at ${path} answered ${answer.status}`);
    for (const header of answer.headers.getSetCookie()) this.#keep(header);
    return answer;
  }

  async #follow(answer: Answer): Promise<Answer> {
    const location = answer.headers.get('location');
    return location === null ? answer : this.open(location);
  }

  #keep(setCookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? [];
    if (/; Max-Age=0(;|$)/i.test(setCookie)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

/** The hidden fields of the form that asks the person: the one in the page's main part. */
function hiddenFields(page: string): Readonly<Record<string, string>> {
  const [, main = ''] = /<main[^>]*>(.*)<\/main>/s.exec(page) ?? [];
  const [, form = ''] = /<form[^>]*method="post"[^>]*>(.*?)<\/form>/s.exec(main) ?? [];
  const inputs = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)];
  return Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, decodeEntities(value)]));
}

function decodeEntities(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
