import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, type Workspace } from '../machine/workspace.ts';
import type { ComparedCall } from './calls.ts';
import type { SideName } from './figures.ts';
import { findModel, generate } from './models.ts';

/** One of the compared clients: the folder that it is installed in, and a program for each call. */
export interface Side {
  readonly name: SideName;
  readonly folder: string;
  /** Modules by call. Each exports `call`, which makes the call with a client constructed once. */
  readonly programs: Readonly<Record<string, string>>;
  /** Whether the client is for browsers, too. */
  readonly isForBrowsers: boolean;
}

const pinned = join(import.meta.dirname, 'sdk');

/** Builds the client as it is published, installs it, and generates the modules for the calls. */
export async function installLatchkey(workspace: Workspace, calls: readonly ComparedCall[]): Promise<Side> {
  const folder = join(workspace.path, 'latchkey');
  mkdirSync(folder);
  run('node', [join(root, 'scripts/build.ts')], root);
  run('npm', ['pack', join(root, 'dist/client'), '--silent'], folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const version = '0.1.0';
  run('npm', ['install', '--silent', '--offline', `./latchkey-client-${version}.tgz`], folder);
  const programs: Record<string, string> = {};
  for (const { service, operation, className, method, input, read } of calls) {
    const model = await findModel(service);
    if (model === undefined) continue;
    writeFileSync(join(folder, `${service}.js`), (await generate(model, [operation])).javascript);
    programs[service] = writeProgram(
      folder,
      service,
      `import { ApiFactory } from '@latchkey/client';
import { ${className} } from './${service}.js';

const client = new ApiFactory().makeNew(${className});
const send = () => client.${method}(${JSON.stringify(input)});`,
      read?.latchkey,
    );
  }
  return { name: 'latchkey', folder, programs, isForBrowsers: true };
}

/** Installs the pinned version of the SDK. */
export function installSdk(workspace: Workspace, calls: readonly ComparedCall[]): Side {
  const folder = folderWithPinned(workspace, 'sdk');
  const programs: Record<string, string> = {};
  for (const { service, operation, clientName, input, read } of calls) {
    const command = `${operation}Command`;
    programs[service] = writeProgram(
      folder,
      service,
      `import { ${clientName}, ${command} } from '@aws-sdk/client-${service}';

const client = new ${clientName}();
const send = () => client.send(new ${command}(${JSON.stringify(input)}));`,
      read?.sdk,
    );
  }
  return { name: 'sdk', folder, programs, isForBrowsers: true };
}

/** A client that has no types or models, or only some services: it makes the calls that it can. */
export function installSmall(
  workspace: Workspace,
  calls: readonly ComparedCall[],
  name: 'aws-lite' | 'aws4fetch',
): Side {
  const folder = folderWithPinned(workspace, name);
  const programs: Record<string, string> = {};
  for (const { service, small } of calls) {
    const program = small?.[name];
    if (program !== undefined) programs[service] = writeProgram(folder, service, program, undefined);
  }
  return { name, folder, programs, isForBrowsers: name === 'aws4fetch' };
}

/** A folder with the pinned packages, which are installed once. */
function folderWithPinned(workspace: Workspace, name: SideName): string {
  const lock = readFileSync(join(pinned, 'package-lock.json'), 'utf8');
  const stamp = join(pinned, 'node_modules/.installed');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
    run('npm', ['ci', '--silent'], pinned);
    writeFileSync(stamp, lock);
  }
  const folder = join(workspace.path, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  symlinkSync(join(pinned, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function writeProgram(folder: string, service: string, code: string, read: string | undefined): string {
  const file = join(folder, `call-${service}.js`);
  const result = read === undefined ? 'send' : `async () => (await send()).${read}`;
  writeFileSync(file, `${code}\nexport const call = ${result};\n`);
  return file;
}

function run(command: string, args: readonly string[], cwd: string): void {
  const path = `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`;
  execFileSync(command, args, { cwd, stdio: ['ignore', 2, 2], env: { ...process.env, PATH: path } });
}
