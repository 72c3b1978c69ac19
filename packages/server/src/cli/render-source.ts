/** What gave a setting, to be put behind its value in a message: empty for a default. */
export function renderSource(source: string | undefined): string {
  return source === undefined ? '' : ` (from ${source})`;
}
