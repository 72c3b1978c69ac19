import { isUtf8 } from 'node:buffer';
import { parseIni } from '@latchkey/client/config-files/ini';

/**
 * Finds what makes a shared config file unreadable to the AWS CLI, for every profile in it, whoever wrote that.
 *
 * @param file path, for the sentences
 * @returns a sentence each, with file, line and what to do: the first fault of the file as a whole, then of each section
 */
export function findUnreadable(bytes: Buffer, file: string): readonly string[] {
  const { fault, sections } = parseIni(bytes.toString(), file, isUtf8(bytes));
  const faults = [fault, ...sections.map((section) => section.fault)];
  // A fault of [DEFAULT] is one of every section.
  return [...new Set(faults.filter((each) => each !== undefined))];
}
