/** A backup could not be made or restored. The message tells a person why; nothing was changed. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}
