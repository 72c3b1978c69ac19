/** The themes that a person may choose, and the value of the property `color-scheme` for each. */
export const themes = { system: 'light dark', light: 'light', dark: 'dark' } as const;

export type Theme = keyof typeof themes;

export function isTheme(text: string | undefined): text is Theme {
  return text !== undefined && Object.hasOwn(themes, text);
}
