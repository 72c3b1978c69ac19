import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { clientModule } from '@latchkey/codegen';
import type { Command } from 'commander';
import { explainFileError } from '../files/file-error.ts';
import { ownModels, projectTemplate } from '../typed-clients/package-files.ts';
import { ServiceLibrary } from '../typed-clients/service-library.ts';
import { CommandError, exitCode } from './exit-code.ts';

/** The services that the program of the template calls. */
const SERVICES = ['ssooidc', 'sso'];

/** The packages of the template that a build makes, by their folders in it. */
const BUILT = { '@latchkey/client': 'client', latchkey: 'server' } as const;

interface InitOptions {
  readonly packages?: string;
}

export function define(command: Command): void {
  command
    .description(
      'Makes a small TypeScript project: a program that signs a person in and lists their accounts with typed clients, and its test.',
    )
    .argument('<folder>', 'folder to make; its name becomes that of the project')
    .option(
      '--packages <folder>',
      'folder of packages that `npm run build` made in a clone, which the project installs instead of released ones',
    )
    .addHelpText(
      'after',
      `
Examples:
  latchkey init my-program
  latchkey init ../my-program --packages dist`,
    )
    .action(async (folder: string, options: InitOptions) => {
      const name = nameOf(folder);
      const packages = options.packages && (await builtPackages(options.packages));
      await refuseFilled(folder);
      try {
        await writeProject(folder, name, packages);
      } catch (error) {
        throw new CommandError(`Cannot make ${folder}: ${explainFileError(error)}`);
      }
      console.log(`Wrote ${folder}. Next:

  cd ${folder}
  npm install
  npm test      # starts a server of its own
  npm start     # calls the one at http://localhost:8484: latchkey serve`);
    });
}

async function writeProject(folder: string, name: string, packages: string | undefined): Promise<void> {
  await cp(projectTemplate, folder, { recursive: true });
  // npm packs no file of this name.
  await rename(path.join(folder, 'gitignore'), path.join(folder, '.gitignore'));
  const file = path.join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  const project = { ...manifest, name };
  for (const kind of ['dependencies', 'devDependencies']) {
    for (const [library, built] of Object.entries(BUILT)) {
      if (packages === undefined || !Object.hasOwn(project[kind], library)) continue;
      const target = path.relative(folder, path.join(packages, built));
      project[kind][library] = `file:${target.replaceAll('\\', '/')}`;
    }
  }
  await writeFile(file, `${JSON.stringify(project, null, 2)}\n`);
  const services = path.join(folder, 'src/services');
  await mkdir(services);
  const library = new ServiceLibrary([ownModels]);
  for (const service of SERVICES) {
    const { file: model } = await library.get({ name: service });
    const { typescript } = clientModule(await library.read(model), model.serviceId, {
      docs: 'full',
      runtime: (inside) => (inside === 'mod' ? '@latchkey/client' : `@latchkey/client/${inside}`),
    });
    await writeFile(path.join(services, `${service}.ts`), typescript);
  }
}

/** @returns a name that npm takes */
function nameOf(folder: string): string {
  const name = path.basename(path.resolve(folder));
  if (/^[a-z0-9][a-z0-9._-]{0,213}$/.test(name)) return name;
  throw new CommandError(
    `"${name}" is not a name for a project: found other characters than small letters, digits, ".", "_" and "-"`,
    exitCode.usage,
  );
}

async function refuseFilled(folder: string): Promise<void> {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new CommandError(`Cannot make ${folder}: ${explainFileError(error)}`);
  });
  if (found.length > 0)
    throw new CommandError(`Cannot make ${folder}: it has files in it; give a folder that is new or empty`);
}

/** @returns the folder of built packages, where it is one */
async function builtPackages(folder: string): Promise<string> {
  for (const built of Object.values(BUILT)) {
    const manifest = path.join(folder, built, 'package.json');
    await readFile(manifest).catch((error: unknown) => {
      const reason = `${manifest} cannot be read: ${explainFileError(error)}`;
      throw new CommandError(`--packages: ${reason}; \`npm run build\` in a clone makes such a folder, dist`);
    });
  }
  return path.resolve(folder);
}
