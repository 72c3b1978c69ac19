import * as v from 'valibot';
import { type Accent, readableAccent, themeColours } from '../branding/accent.ts';
import { lowestContrast, MIN_CONTRAST } from '../branding/contrast.ts';
import type { Finding } from './check-values.ts';
import { settingsSchema } from './settings-schema.ts';

const brandingSchema = v.object({ branding: settingsSchema.entries.branding });

/**
 * Refuses a colour that is hard to read as a link, or with the text of a button on it. Settings that are invalid in
 * themselves are skipped.
 */
export function checkAccent(content: unknown): Finding[] {
  const { success, output } = v.safeParse(brandingSchema, content);
  if (!success) return [];
  const { accent, accentDark } = output.branding;
  return [...checkColour('accent', accent, 'light'), ...checkColour('accentDark', accentDark, 'dark')];
}

function checkColour(key: string, colour: string | undefined, theme: keyof Accent): Finding[] {
  if (colour === undefined) return [];
  const { backgrounds, onAccent } = themeColours[theme];
  const ratio = lowestContrast(colour, [...backgrounds, onAccent]);
  if (ratio >= MIN_CONTRAST) return [];
  const measured = (Math.floor(ratio * 100) / 100).toFixed(2);
  const wanted = theme === 'light' ? 'darker' : 'lighter';
  const message = `branding.${key}: expected a colour with a contrast of at least ${MIN_CONTRAST}:1 (WCAG 2.2 AA) to the backgrounds of the ${theme} theme, got ${colour} with ${measured}:1; take a ${wanted} one, such as ${readableAccent(colour, theme)}`;
  return [{ path: ['branding', key], part: 'value', message }];
}
