import { html } from 'hono/html';
import type { Brand } from '../../branding/brand.ts';
import {
  favicon,
  referenceScript,
  referenceStylesheet,
  siteSearchScript,
  stylesheet,
} from '../../web/assets.ts';
import { renderHtmlPage } from '../pages/html-page.ts';
import { NAMES } from '../pages/reference/names.ts';
import type { ReferenceLibrary } from '../reference/reference-library.ts';
import type { Rendered } from '../render-messages.ts';
import type { Renderer } from '../renderer.ts';
import { RUNTIME } from '../runtime-reference/runtime-name.ts';
import { resultUrl } from '../search/describe-result.ts';
import { entriesOfRuntime, searchedRuntime } from '../search/entries-of-runtime.ts';
import { entriesOfService, searchedService } from '../search/entries-of-service.ts';
import type { ServiceLibrary } from '../service-library.ts';
import { relativeAddress, rewriteLinks } from './rewrite-links.ts';
import { SearchShards } from './search-shards.ts';
import { INDEX, SiteFiles } from './site-files.ts';
import type { SiteFolder } from './site-folder.ts';

export interface SiteParts {
  readonly renderer: Renderer;
  /** The services of the site. */
  readonly library: ServiceLibrary;
  readonly references: ReferenceLibrary;
  readonly folder: SiteFolder;
  readonly brand: Brand;
  /** Where what the site has not is, such as modules. */
  readonly baseUrl: string;
  /** Path at which the site will be served, for the page of what is not found. */
  readonly basePath: string;
}

interface SiteOptions {
  readonly onProgress?: (done: number, total: number, what: string) => void;
  readonly onFailure?: (what: string, message: string) => void;
}

const HOME = '/v0.4/docs';
const SEARCH = '/v0.4/search';
const assets = [referenceScript, siteSearchScript, favicon];

/** Writes the pages of the reference as files: what the server renders, with links that lead from file to file. */
export async function writeSite(
  parts: SiteParts,
  { onFailure, onProgress }: SiteOptions = {},
): Promise<void> {
  const services = await parts.library.services();
  const site = new Site(parts, new Set(services.keys()));
  const shards = new SearchShards();
  const total = services.size + 2;
  let done = 0;
  for (const entry of services.values()) {
    onProgress?.(done, total, entry.moduleName);
    done += 1;
    const overview = `/v0.4/docs/${entry.moduleName}`;
    try {
      const [newest] = entry.files;
      if (newest === undefined) continue;
      const { reference } = await parts.references.read(newest);
      const service = searchedService(entry);
      shards.add(service, entriesOfService(service, reference), (found) => site.placeOf(resultUrl(found)));
      await site.writeFrom([overview, `/v0.4/services/${entry.moduleName}`]);
      await site.writeNames(overview);
    } catch (error) {
      site.leaveOut(entry.moduleName);
      onFailure?.(entry.moduleName, error instanceof Error ? error.message : String(error));
    }
  }
  onProgress?.(done, total, RUNTIME);
  shards.add(searchedRuntime, entriesOfRuntime(), (found) => site.placeOf(resultUrl(found)));
  await site.writeFrom([`/v0.4/docs/${RUNTIME}`, HOME]);
  await site.writeNames(`/v0.4/docs/${RUNTIME}`);
  onProgress?.(done + 1, total, 'search');
  await site.writeOthers();
  for (const [name, text] of shards.files()) await parts.folder.write(`search/${name}.js`, text);
  await parts.folder.finish();
}

class Site {
  readonly #parts: SiteParts;
  readonly #services: Set<string>;
  readonly #files: SiteFiles;
  readonly #written = new Set<string>();
  readonly #waiting: string[] = [];

  constructor(parts: SiteParts, services: Set<string>) {
    this.#parts = parts;
    this.#services = services;
    this.#files = new SiteFiles((path) => this.#hasPage(path));
  }

  /** Links to this service lead to the server from now on. */
  leaveOut(moduleName: string): void {
    this.#services.delete(moduleName);
    this.#waiting.length = 0;
  }

  /** @returns the file of a page, with the fragment of its URL */
  placeOf(url: string): string | undefined {
    const [target = '', ...fragment] = url.split('#');
    const file = this.#files.fileOf(target);
    return file === undefined ? undefined : [encodeURI(file), ...fragment].join('#');
  }

  /** Writes pages, and all that they lead to. */
  async writeFrom(targets: readonly string[]): Promise<void> {
    this.#waiting.push(...targets);
    for (let target = this.#waiting.pop(); target !== undefined; target = this.#waiting.pop()) {
      const file = this.#files.fileOf(target);
      if (file === undefined || this.#written.has(file)) continue;
      this.#written.add(file);
      await this.#write(file, await this.#render(target));
    }
  }

  /** Writes the names that the filter of the contents looks through, each with the file of its page. */
  async writeNames(overview: string): Promise<void> {
    const { body } = await this.#render(`${overview}/${NAMES}`);
    const folder = this.#files.fileOf(overview)?.replace(/[^/]*$/, '') ?? '';
    const names = (JSON.parse(body) as (string | [string, string])[]).flatMap((each) => {
      const [name, address] = typeof each === 'string' ? [each, each] : each;
      const place = this.placeOf(`${overview}/${address}`);
      return place === undefined ? [] : [[name, place.replace(encodeURI(folder), '')]];
    });
    await this.#parts.folder.write(`${folder}${NAMES}`, `${JSON.stringify(names)}\n`);
  }

  /** Writes the page of the search, that of what is not found, and what the pages load. */
  async writeOthers(): Promise<void> {
    const search = await renderHtmlPage({
      title: 'Search',
      main: html`<h1>Search</h1>
<div id="results">
<p>Type the name of a service, an operation, a type, an error or a property. Filters: <code>type:error</code>,
<code>in:ssooidc</code>.</p>
<noscript><p>The search of these pages needs script. <a href="${HOME}">All services</a></p></noscript>
</div>
<label class="keys" hidden><input type="checkbox" id="search-keys"> Use single keys: S and / lead to the search box, ? lists all</label>`,
    });
    await this.#write('search.html', search);
    const notFound = await renderHtmlPage({
      title: 'Not found',
      main: html`<h1>There is no such page</h1>
<p>Search for what you need, or look through <a href="${HOME}">all services</a>.</p>`,
    });
    await this.#write('404.html', notFound, (file) => this.#parts.basePath + encodeURI(file));
    const { brand, folder } = this.#parts;
    const styles = `${stylesheet.body}${brand.accentRule}${referenceStylesheet.body}`;
    await folder.write(`assets/${referenceStylesheet.name}`, styles);
    if (brand.logo !== undefined) await folder.write(fileOfLogo(brand), brand.logo.body);
    for (const { body, name } of assets) await folder.write(`assets/${name}`, body);
  }

  /** @throws {Error} with what the server would say in place of the page */
  async #render(target: string): Promise<Rendered> {
    const [path = '', query = ''] = target.split('?');
    const request = { path: decodeURIComponent(path), query, forPerson: true, isStale: false };
    const rendered = await this.#parts.renderer.render(request);
    if (rendered.status >= 400) {
      const { body } = await this.#parts.renderer.render({ ...request, forPerson: false });
      throw new Error(`${target}: ${body.split('\n')[0]}`);
    }
    const { location } = rendered.headers;
    if (location === undefined) return rendered;
    return renderHtmlPage({
      title: 'Moved',
      main: html`<p><a href="${location}">This page is elsewhere</a></p>`,
    });
  }

  async #write(
    file: string,
    { body }: Rendered,
    addressOf: (target: string) => string = (target) => relativeAddress(target, file),
  ): Promise<void> {
    const linked = rewriteLinks(adapt(body), (address, isForm) =>
      this.#addressOf(address, isForm, addressOf),
    );
    await this.#parts.folder.write(file, linked);
  }

  #addressOf(address: string, isForm: boolean, addressOf: (file: string) => string): string {
    const [path = '', query] = address.split('?');
    if (path === '/') return addressOf(INDEX);
    if (path === '/assets/logo') return addressOf(fileOfLogo(this.#parts.brand));
    if (path.startsWith('/assets/')) return addressOf(path.slice(1));
    if (path === SEARCH) return addressOf('search.html') + (query === undefined ? '' : `?${query}`);
    // The server answers forms, and gives a source alone.
    const isForServer = (isForm && !path.startsWith('/v0.4/docs/')) || /(?:^|&)raw(?:&|$)/.test(query ?? '');
    const file = isForServer ? undefined : this.#files.fileOf(address);
    if (file === undefined) return this.#parts.baseUrl + address;
    // The list leads to all services, so it waits until they are written.
    if (!this.#written.has(file) && file !== INDEX) this.#waiting.push(address);
    return addressOf(file);
  }

  /** Modules themselves, their options and other services are on the server alone. */
  #hasPage(path: string): boolean {
    if (/^\/v0\.4\/(?:services|docs)\/?$/.test(path)) return true;
    if (/^\/v0\.4\/(?:client|wire)\/.*\.ts$/.test(path)) return true;
    const [, name] =
      /^\/v0\.4\/(?:services|docs)\/([^/@.]+)(?:@[\w.-]+?)?(?:\.ts)?(?:\/[^/]+(?:\/wire)?)?$/.exec(path) ??
      [];
    return name !== undefined && (name === RUNTIME || this.#services.has(name));
  }
}

/** A web server tells the type of a file by its extension. */
function fileOfLogo({ logo }: Brand): string {
  return `assets/logo.${logo?.contentType.startsWith('image/svg') ? 'svg' : 'png'}`;
}

/**
 * Adds the search, and takes away what needs a server: the choice of a theme, and the hash of the script, which would keep it
 * from being loaded from a file, where there is no origin.
 */
function adapt(page: string): string {
  const search = `<script src="/assets/${siteSearchScript.name}" defer></script>`;
  return page
    .replace(/<form class="theme".*?<\/form>/s, '')
    .replace(
      /<script src="([^"]*)" integrity="[^"]*" defer><\/script>/,
      `${search}\n<script src="$1" defer></script>`,
    );
}
