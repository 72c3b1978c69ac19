import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { run } from '../../interop/harness/program.ts';

const repository = path.join(import.meta.dirname, '../../..');
const latchkey = path.join(repository, 'packages/server/src/cli/main.js');

/** A module of the program as it stands in the repository: an instance's modules, at the default port. */
const importedModule = /'http:\/\/localhost:8484\/v0\.4\/(client|services)\/(\w+)\.ts(\?[^']*)?'/g;

/** A folder for a test with a copy of the sign-in program. */
export class Workspace implements AsyncDisposable {
  readonly path: string;

  private constructor(folder: string) {
    this.path = folder;
  }

  /** With the program importing the modules that an instance serves. */
  static withModulesAt(url: string): Promise<Workspace> {
    return Workspace.#create((_, folder, name, query) => `'${url}/v0.4/${folder}/${name}.ts${query ?? ''}'`);
  }

  /** With modules that `latchkey generate` has written beside the program, and their runtime installed. */
  static async withGeneratedModules(): Promise<Workspace> {
    const workspace = await Workspace.#create((_, folder, name) =>
      folder === 'client' ? "'@latchkey/client'" : `'./services/${name}.ts'`,
    );
    await symlink(path.join(repository, 'node_modules'), workspace.file('node_modules'));
    const services = ['ssooidc', 'sso', 'sts'];
    const generate = [latchkey, 'generate', ...services, '--out', 'services/'];
    const { exitCode, stderr } = await run([process.execPath, ...generate], { cwd: workspace.path });
    if (exitCode !== 0) throw new Error(`latchkey generate exited with ${exitCode}\n${stderr}`);
    return workspace;
  }

  static async #create(replace: (...match: string[]) => string): Promise<Workspace> {
    const workspace = new Workspace(await mkdtemp(path.join(tmpdir(), 'latchkey-runtimes-')));
    await cp(path.join(import.meta.dirname, '../program'), workspace.path, { recursive: true });
    for (const name of await readdir(workspace.path)) {
      const file = workspace.file(name);
      await writeFile(file, (await readFile(file, 'utf8')).replaceAll(importedModule, replace));
    }
    return workspace;
  }

  file(name: string): string {
    return path.join(this.path, name);
  }

  /** Bundles a file, and all it imports, into one of JavaScript. @returns its path */
  async bundle(entry: string, options: Pick<BuildOptions, 'platform' | 'external'>): Promise<string> {
    const outfile = this.file(`${path.basename(entry, '.ts')}.bundle.js`);
    await build({
      entryPoints: [this.file(entry)],
      absWorkingDir: this.path,
      outfile,
      bundle: true,
      format: 'esm',
      logLevel: 'silent',
      ...options,
    });
    return outfile;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return rm(this.path, { recursive: true });
  }
}
