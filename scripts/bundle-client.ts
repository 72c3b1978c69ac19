import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';

/** What generated modules and their users import, below `packages/client/src`. */
const PUBLIC = [
  'mod.ts',
  'event-streams.ts',
  'paginate.ts',
  'presign.ts',
  'wait-for.ts',
  'protocols/*.ts',
  'endpoints/{rules,standard}.ts',
  'features/{api-gateway,glacier,http-checksums,machine-learning,request-compression,route53,s3}.ts',
  'credentials/{default-chain,from-*}.ts',
];

/**
 * Puts the client and what it uses of wire into one package without dependencies: one file for each that is imported by
 * name, and what they share in files of its own.
 *
 * @param compiled - folder of the declarations, a folder for each package
 * @param target - folder of the package
 * @returns the exports of the package
 */
export async function bundleClient(
  root: string,
  compiled: string,
  target: string,
): Promise<Readonly<Record<string, object>>> {
  const source = join(root, 'packages/client/src');
  const names = globSync(PUBLIC, { cwd: source })
    .filter((file) => !/\.test(-d)?\.ts$|\.web\./.test(file))
    .map((file) => file.slice(0, -'.ts'.length))
    .toSorted();
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(names.map((name) => [name, join(source, `${name}.ts`)])),
    outdir: join(target, 'src'),
    chunkNames: 'shared/[name]-[hash]',
    ...{ bundle: true, splitting: true, format: 'esm', platform: 'neutral', target: 'es2023' },
    external: ['node:*'],
  });
  for (const name of ['client', 'wire']) copyDeclarations(compiled, target, name);
  return Object.fromEntries(
    names.map((name) => [
      name === 'mod' ? '.' : `./${name}`,
      { types: `./types/client/src/${name}.d.ts`, default: `./src/${name}.js` },
    ]),
  );
}

/** Packages import each other by name; here their declarations lie side by side. */
function copyDeclarations(compiled: string, target: string, name: string): void {
  const wire = join(target, 'types/wire/src');
  for (const file of globSync(`${name}/src/**/*.d.ts`, { cwd: compiled })) {
    const copy = join(target, 'types', file);
    const up = relative(dirname(copy), wire).replaceAll('\\', '/');
    cpSync(join(compiled, file), copy);
    const text = readFileSync(copy, 'utf8')
      .replaceAll(/'@latchkey\/wire\/([\w/-]+)'/g, (_, path: string) => `'${up}/${path}.js'`)
      .replaceAll("'@latchkey/wire'", `'${up}/mod.js'`);
    writeFileSync(copy, text);
  }
}
