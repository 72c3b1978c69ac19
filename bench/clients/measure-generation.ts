import { existsSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { findModels } from '@latchkey/smithy';
import type { ClientBench } from './bench.ts';
import { findModel, generate, published } from './models.ts';

/** Measures generation time and transfer size of modules with all operations and documentation. */
export async function measureGeneration({ calls, figures, progress, settings }: ClientBench): Promise<void> {
  for (const { service } of calls) {
    const model = await findModel(service);
    if (model === undefined) continue;
    progress.step(`modules: ${service}`);
    const { typescript } = await generate(model);
    figures.add(`${service} module bytes`, 'latchkey', Buffer.byteLength(typescript));
    figures.add(`${service} module compressed bytes`, 'latchkey', brotliCompressSync(typescript).length);
    if (service !== 'sso-oidc' && service !== 's3') continue;
    for (let round = 0; round < settings.starts; round++) {
      const startedAt = performance.now();
      await generate(model);
      figures.add(`generate ${service} ms`, 'latchkey', performance.now() - startedAt);
    }
  }
  if (!existsSync(published)) return;
  const models = await findModels(published);
  const startedAt = performance.now();
  for (const [index, model] of models.entries()) {
    progress.bar('modules of all services', index + 1, models.length);
    await generate(model);
  }
  figures.add('generate all ms', 'latchkey', performance.now() - startedAt);
}
