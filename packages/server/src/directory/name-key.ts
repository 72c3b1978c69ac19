/**
 * Folds a name for comparison: two names are the same when their keys are (NFKC, lower case). Ids of users are made from
 * keys, and stores keep them, so the folding never changes.
 */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
