import { existsSync, readFileSync } from 'node:fs';
import { type Model, parseModel } from '@latchkey/smithy';

const root = new URL('../../../../', import.meta.url);

/** AWS's own models, where they are at hand. */
export const publishedModels = new URL('../shared/api-models-aws/', root);

/** Why a test that needs AWS's models is skipped, or false when they are here. */
export const skipWithoutPublished = existsSync(publishedModels)
  ? false
  : '../shared/api-models-aws is not here';

/** Our models, by their names in `models/`. */
export const servedModels = ['sso-oidc', 'sso', 'sts'] as const;

export function readServedModel(name: (typeof servedModels)[number]): Model {
  return readModel(new URL(`models/${name}.json`, root));
}

export function readModel(file: URL): Model {
  return parseModel(JSON.parse(readFileSync(file, 'utf8')));
}
