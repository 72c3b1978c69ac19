/** What makes two names the same, however they are typed: compare what this gives. */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
