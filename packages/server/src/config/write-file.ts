import { chown, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes a file so that a reader, or a crash, sees all of it or the one before.
 *
 * @param attributes.owner - kept where the process may, else the file is its own
 */
export async function writeFileAtomically(
  file: string,
  text: string,
  attributes: { readonly mode: number; readonly owner?: { readonly uid: number; readonly gid: number } },
): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.tmp`);
  try {
    const handle = await open(temporary, 'w', attributes.mode);
    try {
      // The mode given to open is subject to the umask.
      await handle.chmod(attributes.mode);
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    const { owner } = attributes;
    if (owner !== undefined) await chown(temporary, owner.uid, owner.gid).catch(() => {});
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
