/**
 * Makes the pictures of README.md and docs/ anew, from a sign-in as it goes: the real AWS CLI in a terminal, the real pages in
 * Chromium. It starts Latchkey on port 8484, as the documents do.
 *
 *     npx node test/interop/prepare.ts aws-cli
 *     npx node scripts/make-pictures.ts
 */
import { mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchBrowser } from '../test/interop/harness/browser.ts';
import { type Appearance, appearances } from './pictures/appearances.ts';
import { drawSignIn, pageSize } from './pictures/draw-sign-in.ts';
import { PageShots } from './pictures/page-shots.ts';
import { recordSignIn } from './pictures/record-sign-in.ts';
import { startInstance } from './pictures/start-instance.ts';

const images = path.join(import.meta.dirname, '../docs/images');

using home = mkdtempDisposableSync(path.join(tmpdir(), 'latchkey-pictures-'));
await using instance = await startInstance(home.path);
await using browser = await launchBrowser();

const recording = await recordSignIn(instance, new PageShots(browser, pageSize, 1.5));
for (const appearance of appearances) save('sign-in', 'svg', appearance, drawSignIn(recording, appearance));

const reference = new PageShots(browser, { width: 1280, height: 960 });
await using page = await reference.open(`${instance.url}/v0.4/docs/ssooidc/CreateTokenRequest`);
const shots = await reference.take(page);
for (const appearance of appearances) save('reference-page', 'png', appearance, shots[appearance]);

function save(name: string, extension: string, appearance: Appearance, content: string | Buffer): void {
  const file = path.join(images, `${name}${appearance === 'dark' ? '-dark' : ''}.${extension}`);
  writeFileSync(file, content);
  console.log(`${path.relative(process.cwd(), file)}: ${Math.round(content.length / 1024)} KiB`);
}
