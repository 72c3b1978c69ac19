const sentences: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'a file of that name is in the way',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  ENOENT: 'no such file or folder',
  ENOSPC: 'no space left on the disk',
  ENOTDIR: 'part of its path is not a folder',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
};

/** @returns in a few words why a file could not be read or written */
export function explainFileError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return ('code' in error && sentences[String(error.code)]) || error.message;
}
