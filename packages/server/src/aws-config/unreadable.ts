import type { SharedConfigFile } from './shared-config-file.ts';

/**
 * Finds what makes a shared config file unreadable to the AWS CLI, for every profile in it, whoever wrote that.
 *
 * @returns sentences without a subject, which is the file
 */
export function findUnreadable(bytes: Buffer, { byteOrderMark, lines }: SharedConfigFile): readonly string[] {
  const faults: string[] = [];
  if (byteOrderMark !== '') {
    faults.push('begins with a byte order mark: save it as UTF-8 without one');
  }
  if (!isUtf8(bytes)) faults.push('is not UTF-8: save it as UTF-8');
  const seen = new Map<string, number>();
  for (const [index, { text }] of lines.entries()) {
    const heading = /^\[.+\]/.exec(text)?.[0];
    if (heading === undefined) continue;
    const first = seen.get(heading);
    if (first !== undefined) {
      faults.push(`has ${heading} in line ${first + 1} and again in line ${index + 1}: delete one of them`);
    }
    seen.set(heading, first ?? index);
  }
  return faults;
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
