import type { PageView, PlainBrowser } from './plain-browser.ts';

/**
 * Opens the link of a device, and follows the redirect to the address that has its user code sealed.
 *
 * @param userCode - as in the link, or as typed
 */
export async function openDevice(
  browser: PlainBrowser,
  userCode: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<PageView> {
  const opened = await browser.get(`/device?user_code=${encodeURIComponent(userCode)}`, headers);
  return opened.location === undefined ? opened : browser.get(opened.location, headers);
}
