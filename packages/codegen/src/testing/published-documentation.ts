import { existsSync, globSync, readFileSync } from 'node:fs';

const folder = new URL('../../../../../shared/api-models-aws/', import.meta.url).pathname;

export const skipWithoutPublished = existsSync(folder) ? false : '../shared/api-models-aws is not here';

/** All documentation texts in the models of some AWS services, large and small, old and new. */
export function publishedDocumentation(): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const file of globSync(
    `${folder}{s3,iam,dynamodb,sso*,medialive,rds,sts,private-networks,fis}/service/*/*.json`,
  )) {
    JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) => {
      if (key === 'smithy.api#documentation' && typeof value === 'string') texts.add(value);
      return value;
    });
  }
  return texts;
}
