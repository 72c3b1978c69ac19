/** Folds a name for comparison: two names are the same when their folded forms are (NFKC, lower case). */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
