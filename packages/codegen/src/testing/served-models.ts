import { existsSync, readFileSync } from 'node:fs';
import { type Model, parseModel } from '@latchkey/smithy';

const root = new URL('../../../../', import.meta.url);

/** Directory of AWS's own models, which may not exist. */
export const publishedModels = new URL('../shared/api-models-aws/', root);

/** Reason to skip a test that needs AWS's models; false when they are there. */
export const skipWithoutPublished = existsSync(publishedModels)
  ? false
  : '../shared/api-models-aws is not here';

/** Names of our models in `models/`. */
export const servedModels = ['sso-oidc', 'sso', 'sts'] as const;

export function readServedModel(name: (typeof servedModels)[number]): Model {
  return readModel(new URL(`models/${name}.json`, root));
}

export function readModel(file: URL): Model {
  return parseModel(JSON.parse(readFileSync(file, 'utf8')));
}
