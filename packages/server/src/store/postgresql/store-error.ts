/** Why the store cannot be opened, and what to do about it, for the person who starts something. Has no password. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}
