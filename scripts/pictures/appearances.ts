/** Every picture is made for pages with a light and with a dark background. */
export const appearances = ['light', 'dark'] as const;

export type Appearance = (typeof appearances)[number];
