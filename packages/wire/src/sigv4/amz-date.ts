/** The last result, as a busy program signs many requests in the same second. */
let last = { second: Number.NaN, text: '' };

/** Renders an instant in the format of SigV4, e.g. `20150830T123600Z`. */
export function renderAmzDate(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  if (second !== last.second) {
    const text = new Date(second * 1000).toISOString().replace(/[-:]|\.\d{3}/g, '');
    last = { second, text };
  }
  return last.text;
}

/** Parses an instant of SigV4. @returns milliseconds since the Unix epoch; undefined for another text */
export function parseAmzDate(text: string): number | undefined {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  if (iso === text) return undefined;
  const milliseconds = Date.parse(iso);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
