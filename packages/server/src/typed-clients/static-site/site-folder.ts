import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Lists the files of a site, which shows that they are ours. */
const LIST = 'latchkey-docs.json';

/** Why a folder cannot take a site. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/** The folder of a static site. Only files that it has written are ever removed. */
export class SiteFolder {
  readonly #folder: string;
  readonly #written = new Set<string>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Opens a folder that is new, empty, or has a site of ours, whose files are removed.
   *
   * @throws {FolderInUse} when it has anything else
   */
  static async open(folder: string): Promise<SiteFolder> {
    await mkdir(folder, { recursive: true });
    const names = await readdir(folder);
    if (names.length > 0 && !names.includes(LIST)) {
      throw new FolderInUse(`${folder} is not empty, and has no site of \`latchkey docs\``);
    }
    const before = names.includes(LIST) ? await readList(path.join(folder, LIST)) : [];
    for (const file of before) await rm(path.join(folder, file), { force: true });
    const site = new SiteFolder(folder);
    // A site that is cut off is ours, too.
    await site.finish();
    return site;
  }

  /** @param file - path in the site, with `/` */
  async write(file: string, content: string | Uint8Array): Promise<void> {
    const target = path.join(this.#folder, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
    this.#written.add(file);
  }

  get count(): number {
    return this.#written.size;
  }

  async finish(): Promise<void> {
    const list = { writtenBy: 'latchkey docs', files: [...this.#written].toSorted() };
    await writeFile(path.join(this.#folder, LIST), `${JSON.stringify(list, null, 1)}\n`);
  }
}

/** @returns paths inside the folder alone, whatever the list says */
async function readList(list: string): Promise<readonly string[]> {
  try {
    const { files, writtenBy } = JSON.parse(await readFile(list, 'utf8'));
    if (writtenBy !== 'latchkey docs' || !Array.isArray(files)) throw new Error('it is no list of ours');
    return files.filter((file) => typeof file === 'string' && isInside(file));
  } catch (cause) {
    throw new FolderInUse(`${list} cannot be used: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}

function isInside(file: string): boolean {
  return !path.isAbsolute(file) && !file.split(/[\\/]/).includes('..');
}
