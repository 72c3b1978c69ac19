import type { Browser, Page, ViewportSize } from 'playwright-core';
import type { Appearance } from './appearances.ts';

/** One picture for each appearance. */
export type Shots = Readonly<Record<Appearance, Buffer>>;

/** Takes pictures of pages, light and dark. */
export class PageShots {
  readonly #browser: Browser;
  readonly #viewport: ViewportSize;
  readonly #scale: number;

  /** @param scale pixels of a picture for each of the page */
  constructor(browser: Browser, viewport: ViewportSize, scale = 1) {
    this.#browser = browser;
    this.#viewport = viewport;
    this.#scale = scale;
  }

  async open(url: string): Promise<Page> {
    const page = await this.#browser.newPage({ viewport: this.#viewport, deviceScaleFactor: this.#scale });
    const answer = await page.goto(url);
    if (!answer?.ok()) throw new Error(`Picture ${url}: got status ${answer?.status()}, expected a page`);
    return page;
  }

  /** @returns the part of the page that is in view, as PNG */
  async take(page: Page): Promise<Shots> {
    const [light, dark] = [await shoot(page, 'light'), await shoot(page, 'dark')];
    return { light, dark };
  }

  /** @returns the same as WebP, a third of the size */
  async takeSmall(page: Page): Promise<Shots> {
    const { light, dark } = await this.take(page);
    return { light: await this.#toWebP(light), dark: await this.#toWebP(dark) };
  }

  async #toWebP(png: Buffer): Promise<Buffer> {
    // The pages of the service allow no images from data, so an empty page does it.
    await using page = await this.#browser.newPage();
    const url = await page.evaluate<string>(`(async () => {
      const image = new Image();
      image.src = 'data:image/png;base64,${png.toString('base64')}';
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      canvas.getContext('2d').drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', 0.75);
    })()`);
    return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  }
}

async function shoot(page: Page, colorScheme: Appearance): Promise<Buffer> {
  await page.emulateMedia({ colorScheme });
  return page.screenshot({ animations: 'disabled' });
}
