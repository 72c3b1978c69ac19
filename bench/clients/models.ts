import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ClientModule, clientModule } from '@latchkey/codegen';
import { findModels, type ModelFile, readModel } from '@latchkey/smithy';
import { root } from '../machine/workspace.ts';
import type { ComparedCall } from './calls.ts';

/** Directory of AWS's own models, as they are published. It may not exist. */
export const published = join(root, '../shared/api-models-aws');

/** @returns undefined when the model is not there */
export async function findModel(service: ComparedCall['service']): Promise<ModelFile | undefined> {
  const folder = join(published, service);
  if (existsSync(folder)) return (await findModels(folder))[0];
  const own = await findModels(join(root, 'models'));
  return own.find(({ sdkId }) => sdkId.toLowerCase().replaceAll(' ', '-') === service);
}

/** Generates the module for a program that makes these calls. Default: all operations. */
export async function generate(file: ModelFile, actions?: readonly string[]): Promise<ClientModule> {
  return clientModule(await readModel(file), file.serviceId, {
    docs: 'full',
    ...(actions && { actions }),
    runtime: (path) => (path === 'mod' ? '@latchkey/client' : `@latchkey/client/${path}`),
  });
}
