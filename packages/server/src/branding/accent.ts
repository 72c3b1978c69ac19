import { type Colour, mix, untilReadable } from './contrast.ts';

/** The colour of links and buttons in each theme. */
export interface Accent {
  readonly light: Colour;
  readonly dark: Colour;
}

/** A theme's colours, as `web/assets/latchkey.css` has them. */
interface ThemeColours {
  /** What links stand on. */
  readonly backgrounds: readonly Colour[];
  /** Text on a button that has the accent. */
  readonly onAccent: Colour;
}

export const themeColours: Readonly<Record<keyof Accent, ThemeColours>> = {
  light: {
    backgrounds: ['#f2f4f0', '#ffffff', '#faf1d8', '#fff6e3', '#fdeeec'],
    onAccent: '#ffffff',
  },
  dark: {
    backgrounds: ['#0e1412', '#161e1b', '#2a2413', '#2a2212', '#341813'],
    onAccent: '#000000',
  },
};

/** The colour itself, or as much darker (light theme) or lighter (dark theme) as makes it readable. */
export function readableAccent(colour: Colour, theme: keyof Accent): Colour {
  const { backgrounds, onAccent } = themeColours[theme];
  return untilReadable(colour, theme === 'light' ? '#000000' : '#ffffff', [...backgrounds, onAccent]);
}

/** Renders the CSS that sets the accent, and the stronger one of what the pointer is on. */
export function renderAccentRule({ light, dark }: Accent): string {
  const pair = (inLight: Colour, inDark: Colour) => `light-dark(${inLight}, ${inDark})`;
  return `:root {
  --accent: ${pair(light, dark)};
  --accent-strong: ${pair(mix(light, '#000000', 0.25), mix(dark, '#ffffff', 0.25))};
  --on-accent: ${pair(themeColours.light.onAccent, themeColours.dark.onAccent)};
}
`;
}
