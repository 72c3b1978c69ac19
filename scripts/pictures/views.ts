import type { BrowserContextOptions, Page } from 'playwright-core';
import type { LanguageTag } from '../../packages/server/src/language-tags.ts';

/** A way in which people look at a page. */
export interface View {
  readonly name: string;
  readonly options: BrowserContextOptions;
  /** What the browser asks for. Default `en`. */
  readonly language?: LanguageTag;
  /** What is done to the page before it is pictured. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

const widths = [320, 390, 720, 1440];

/** Every way in which a page has to look right. */
export const views: readonly View[] = [
  ...widths.map((width) => view(`light-${width}`, width, { colorScheme: 'light' })),
  ...widths.map((width) => view(`dark-${width}`, width, { colorScheme: 'dark' })),
  ...widths.map((width): View => ({ ...view(`german-${width}`, width, { locale: 'de' }), language: 'de' })),
  view('forced-colors-390', 390, { forcedColors: 'active' }),
  view('forced-colors-1440', 1440, { forcedColors: 'active', colorScheme: 'dark' }),
  // What a window of 1440 px has at 200 %.
  view('zoom-200', 720, { deviceScaleFactor: 2, viewport: { width: 720, height: 450 } }),
  view('reduced-motion', 1440, { reducedMotion: 'reduce' }),
  view('no-script', 1440, { javaScriptEnabled: false }),
  { ...view('print', 720), prepare: (page) => page.emulateMedia({ media: 'print' }) },
  { ...view('focus-390', 390), prepare: focusEverything },
  { ...view('focus-1440', 1440), prepare: focusEverything },
  { ...view('drawer-390', 390), prepare: openContents },
];

function view(name: string, width: number, options: BrowserContextOptions = {}): View {
  return { name, options: { viewport: { width, height: width < 720 ? 844 : 900 }, ...options } };
}

/** Shows all that the keyboard reaches as if it had the focus, at the same time. */
async function focusEverything(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const selector = 'a, button, input, summary, [tabindex="0"]';
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector });
  for (const nodeId of nodeIds.slice(0, MAX_FOCUSED)) {
    const forcedPseudoClasses = ['focus', 'focus-visible'];
    await session.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses });
  }
}

/** More would take minutes on the largest pages. */
const MAX_FOCUSED = 400;

/** Opens the contents, which a phone has behind one line. */
function openContents(page: Page): Promise<unknown> {
  return page.evaluate('document.querySelector(".contents > details")?.setAttribute("open", "")');
}
