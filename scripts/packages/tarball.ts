import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { parseSync } from 'oxc-parser';

/** What `npm pack` has packed. */
export interface Tarball {
  /** E.g. `@latchkey/wire`. */
  readonly name: string;
  /** Folder that was packed. */
  readonly source: string;
  /** The `.tgz` file. */
  readonly file: string;
  /** Paths in the package, e.g. `src/mod.js`. */
  readonly files: readonly string[];
}

/** Packs a folder, without asking a registry. */
export function pack(source: string, folder: string): Tarball {
  const text = execFileSync('npm', ['pack', source, '--json'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  // npm 11 answers with a list, npm 12 with an object that has the package's name.
  const [packed] = Object.values<Packed>(JSON.parse(text));
  if (packed === undefined) throw new Error(`npm has packed nothing of ${source}`);
  const { filename, files, name } = packed;
  return { name, source, file: join(folder, filename), files: files.map(({ path }) => path) };
}

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
  readonly name: string;
}

/** Files of the tests and of the machine, which nobody wants. */
const UNWANTED =
  /\.(?:test|test-d|bench)\.|(?:^|\/)(?:fixtures|testing)\/|\.tgz$|\.map$|\.log$|tsconfig|\.env/;
/** What every package has. */
const WANTED = ['LICENSE', 'README.md', 'package.json', 'sbom.cdx.json'];

/** Checks what is in a tarball: nothing of tests or of this machine, and nothing that it refers to is missing. */
export function checkContents({ files, name, source }: Tarball, root: string): void {
  const faults = [
    ...files
      .filter((file) => UNWANTED.test(file) && !file.startsWith('templates/'))
      .map((file) => `${file} is of no use to who installs it`),
    ...WANTED.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
  ];
  const isGiven = givenTo(source);
  for (const file of files) {
    const text = readFileSync(join(source, file), 'utf8');
    for (const folder of [root, homedir(), tmpdir()])
      if (folder.length > 1 && text.includes(`${folder}/`))
        faults.push(`${file} names ${folder}, a folder of this machine`);
    if (file === 'README.md') faults.push(...brokenLinks(text, files));
    if (/\.d\.[cm]?ts$/.test(file) && !file.startsWith('runtime/'))
      faults.push(...brokenImports(text, file, files, isGiven));
  }
  if (faults.length > 0) throw new Error(`${name} would be published wrong:\n${faults.join('\n')}`);
}

/** Checks that all imports are installed. A file for our tests only would import a library that a user does not get. */
export function checkImports(installed: string): void {
  const isGiven = givenTo(installed);
  for (const file of globSync('src/**/*.{js,cjs}', { cwd: installed })) {
    const code = readFileSync(join(installed, file), 'utf8');
    const { module } = parseSync(file, code);
    const imported = [
      ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.map(({ moduleRequest }) => moduleRequest?.value ?? '.'),
      ),
    ].filter((each) => !/^[.#]/.test(each));
    for (const each of imported)
      if (!isGiven(each) || each === 'node:test')
        throw new Error(`${file} is published, but imports ${each}`);
  }
}

/** @returns whether a module is part of Node, or of a package that is installed with this one */
function givenTo(folder: string): (module: string) => boolean {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return (module) => {
    const [, library = module] = /^((?:@[^/]+\/)?[^/]+)/.exec(module) ?? [];
    return isBuiltin(module) || Object.hasOwn({ ...dependencies, ...peerDependencies }, library);
  };
}

function brokenLinks(markdown: string, files: readonly string[]): readonly string[] {
  return [...markdown.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)]
    .map(([, link, attribute = '']) => link ?? attribute)
    .filter(
      (link) => !/^(?:https?:|#)/.test(link) && !files.includes(posix.normalize(link.replace(/#.*/, ''))),
    )
    .map((link) => `README.md links to ${link}, which is not in the package`);
}

function brokenImports(
  declarations: string,
  file: string,
  files: readonly string[],
  isGiven: (module: string) => boolean,
): readonly string[] {
  return [...declarations.matchAll(/(?:\bfrom |\bimport\()['"]([^'"]+)['"]/g)]
    .map(([, module = '']) => module)
    .filter((module) =>
      module.startsWith('.')
        ? !files.includes(posix.join(dirname(file), module.replace(/(?<!\.d)\.([cm]?)[jt]s$/, '.d.$1ts')))
        : !isGiven(module),
    )
    .map((module) => `${file} imports ${module}, which nobody gets who installs the package`);
}
