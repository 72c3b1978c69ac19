/** A store cannot be copied, copied into or checked. The message says why, and what to do; it has no password. */
export class UnfitStore extends Error {
  override readonly name = 'UnfitStore';
}
