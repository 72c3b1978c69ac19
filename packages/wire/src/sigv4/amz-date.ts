/** What was rendered last, because whoever signs much signs much in the same second. */
let last = { second: Number.NaN, text: '' };

/** An instant as SigV4 writes it, e.g. `20150830T123600Z`. */
export function renderAmzDate(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  if (second !== last.second) {
    const text = new Date(second * 1000).toISOString().replace(/[-:]|\.\d{3}/g, '');
    last = { second, text };
  }
  return last.text;
}

/** @returns milliseconds since the Unix epoch, or undefined when the text is not such an instant */
export function parseAmzDate(text: string): number | undefined {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  if (iso === text) return undefined;
  const milliseconds = Date.parse(iso);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
