/** The file of the list of services. */
export const INDEX = 'index.html';

/** Names that Windows has for devices. */
const DEVICE = /^(?:aux|con|nul|prn|com\d|lpt\d)(?:\.|$)/i;

/**
 * The files of a static site, by the URLs of the pages that they hold. Each file has a name of its own also where a file
 * system takes no notice of case.
 */
export class SiteFiles {
  readonly #files = new Map<string, string>();
  readonly #taken = new Set([INDEX]);
  readonly #isPage: (path: string) => boolean;

  /** @param isPage - whether the site has a page at a path, percent-decoded */
  constructor(isPage: (path: string) => boolean) {
    this.#isPage = isPage;
  }

  /**
   * @param target - path and query of a page
   * @returns path of its file in the site; undefined where the site has no such page
   */
  fileOf(target: string): string | undefined {
    const known = this.#files.get(target);
    if (known !== undefined) return known;
    const [path = '', query = ''] = target.split('?');
    const decoded = decodeURIComponent(path);
    if (!this.#isPage(decoded)) return undefined;
    if (/^\/v0\.4\/(?:services|docs)\/?$/.test(decoded)) return INDEX;
    const file = this.#claim(nameOf(decoded, query));
    this.#files.set(target, file);
    return file;
  }

  #claim(wanted: string): string {
    const [, start = wanted, end = ''] = /^(.*?)(\.html)$/s.exec(wanted) ?? [];
    for (let number = 1; ; number += 1) {
      const file = number === 1 ? wanted : `${start}~${number}${end}`;
      const key = file.toLowerCase();
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return file;
    }
  }
}

function nameOf(path: string, query: string): string {
  const parts = path
    .replace(/^\/v0\.4\//, '')
    .replace(/\/$/, '')
    .split('/')
    .map((part) => (DEVICE.test(part) ? `_${part}` : part).replaceAll(/[^\p{L}\p{N}@._~-]/gu, '_'));
  const isOverview = parts[0] === 'docs' && parts.length === 2;
  const options = query === '' ? '' : `.${query.replaceAll(/[^\w.=-]/g, '_')}`;
  return `${parts.join('/')}${isOverview ? '/index' : options}.html`;
}
