/** @returns TypeScript as HTML: escaped text, and `span` elements with the classes of highlight.js */
export function markUp(code: string): string;
