import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A home folder for one test, and the environment variables that point to it. Disposing of it removes the folder. */
export class Home implements AsyncDisposable {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;

  private constructor(path: string) {
    this.path = path;
    this.env = { HOME: path, PATH: process.env['PATH'] ?? '' };
  }

  /** @param files texts by path, e.g. `.aws/config` */
  static async with(files: Readonly<Record<string, string>> = {}): Promise<Home> {
    const home = new Home(await mkdtemp(join(tmpdir(), 'latchkey-client-')));
    for (const [path, text] of Object.entries(files)) await home.write(path, text);
    return home;
  }

  async write(path: string, text: string): Promise<string> {
    const file = join(this.path, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  }

  read(path: string): Promise<string> {
    return readFile(join(this.path, path), 'utf8');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}
