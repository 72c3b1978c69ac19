/** A shared config file cannot be changed, and has not been. The message says where, why, and what to do. */
export class SharedConfigError extends Error {
  override readonly name = 'SharedConfigError';
}
