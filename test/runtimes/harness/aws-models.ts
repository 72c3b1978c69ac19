import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Latchkey } from 'latchkey/testing';
import { startInstance } from './instance.ts';

/** AWS's models as they are published, which are not part of this repository. */
const folder = path.join(import.meta.dirname, '../../../../shared/api-models-aws');

/** What a test gives as its `skip` option. */
export const skipWithoutAwsModels: string | false = existsSync(folder) ? false : `no models in ${folder}`;

export function startInstanceWithAwsModels(): Promise<Latchkey> {
  return startInstance({ models: [folder] });
}
