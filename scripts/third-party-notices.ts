import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A library with its licence. */
export interface ThirdParty {
  readonly name: string;
  readonly version: string;
  /** SPDX expression, e.g. `MIT`. */
  readonly licence: string;
  /** The text of the licence, with who holds the copyright. */
  readonly text: string;
}

/** Licences that allow what we do with a library: ship it with ours, under Apache 2.0. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
]);

/** @throws {Error} for a library without the text of a licence, or with one that is not allowed */
export function readThirdParty(root: string, folder: string): ThirdParty {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  if (!ALLOWED.has(license))
    throw new Error(`${folder} has the licence "${license}": publish it only once ALLOWED has that`);
  return { name, version, licence: license, text: readLicence(join(root, folder)) };
}

/** Renders THIRD-PARTY-NOTICES: a list of the libraries, and then the licence of each. */
export function renderNotices(libraries: readonly ThirdParty[]): string {
  const list = libraries.map(({ licence, name, version }) => `- ${name} ${version} (${licence})\n`);
  const texts = libraries.map(({ name, text, version }) => `\n---\n\n${name} ${version}\n\n${text}\n`);
  return `Latchkey contains these libraries, each under its own licence, which stands below.\n\n${list.join('')}${texts.join('')}`;
}

/** Reads the licence of a library, and the notices that Apache 2.0 wants to be passed on. */
function readLicence(folder: string): string {
  const notices = globSync('{NOTICE,CopyrightNotice}*', { cwd: folder }).toSorted();
  const texts = notices.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [readLicenceAlone(folder), ...texts].join('\n\n');
}

/** A file of its own, or the last section of what there is to read. */
function readLicenceAlone(folder: string): string {
  const [file] = globSync('{LICEN[CS]E,licen[cs]e}*', { cwd: folder }).toSorted();
  if (file !== undefined) return readFileSync(join(folder, file), 'utf8').trim();
  const [, section] = /^#+ licen[cs]e$(.*)/ims.exec(readFileSync(join(folder, 'README.md'), 'utf8')) ?? [];
  if (section === undefined) throw new Error(`${folder} has no licence to publish it with`);
  return section.trim();
}
