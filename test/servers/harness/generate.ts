import { rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder, models, repository, serversFolder } from './folders.ts';
import { succeed } from './prepare.ts';

const services = [
  'cloudwatch',
  'dynamodb',
  'ec2',
  'iam',
  'kms',
  'lambda',
  'route53',
  's3',
  'sns',
  'sqs',
  'ssm',
  'sts',
];

/** Writes the clients of the services, as anybody would. */
export async function generate(): Promise<void> {
  const folder = path.join(cacheFolder, 'services/');
  await rm(folder, { recursive: true, force: true });
  const latchkey = path.join(repository, 'packages/server/src/cli/main.js');
  const ownModels = path.join(serversFolder, 'models');
  await succeed(
    [
      process.execPath,
      latchkey,
      'generate',
      ...services,
      '--models',
      models,
      '--models',
      ownModels,
      '--out',
      folder,
    ],
    serversFolder,
  );
}

/** Checks the tests, and the modules they use, under the strictest flags. */
export async function checkTypes(): Promise<void> {
  await succeed([path.join(repository, 'node_modules/.bin/tsc'), '--project', serversFolder], repository);
}
