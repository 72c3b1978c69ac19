import type { Messages } from './messages/english.ts';
import { plainText } from './plain-text.ts';

/** Browsers by what their `User-Agent` has, those before others whose names they also claim. */
const BROWSERS: readonly (readonly [sign: RegExp, name: string])[] = [
  [/\bEdgA?(?:iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|HeadlessChrome|CriOS)\//, 'Chrome'],
  [/\bVersion\/\S+ (?:Mobile\/\S+ )?Safari\//, 'Safari'],
];

const SYSTEMS: readonly (readonly [sign: RegExp, name: string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

/**
 * Names the browser that a `User-Agent` header claims, e.g. `Firefox on Linux`.
 *
 * @returns the header's value, made safe to show, for another browser; `undefined` for an empty one
 */
export function describeBrowser(userAgent: string, messages: Messages['asker']): string | undefined {
  const find = (names: typeof BROWSERS) => names.find(([sign]) => sign.test(userAgent))?.[1];
  const browser = find(BROWSERS);
  if (browser === undefined) return plainText(userAgent, 60) || undefined;
  const system = find(SYSTEMS);
  return system === undefined ? browser : messages.programOnSystem(browser, system);
}
