/** Renders the size of a file: `12 kB`, `3.4 MB`. */
export function renderSize(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
