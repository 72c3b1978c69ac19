import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Model, parseModel, type ServiceShape } from '@latchkey/smithy';

export const folder = new URL('../../../shared/api-models-aws/', import.meta.url).pathname;

/** What a suite gives as its `skip` option. */
export const skip: string | false = existsSync(folder) ? false : '../shared/api-models-aws is not here';

/** Services of every protocol that AWS's own models name. */
export const services = [
  'accessanalyzer',
  'account',
  'acm',
  'api-gateway',
  'apigatewayv2',
  'appconfig',
  'athena',
  'auto-scaling',
  'batch',
  'cloudcontrol',
  'cloudwatch',
  'cloudwatch-logs',
  'codebuild',
  'cognito-identity',
  'dynamodb',
  'elastic-load-balancing',
  'eventbridge',
  'iam',
  'keyspaces',
  'kinesis',
  'kms',
  'lambda',
  'route-53',
  's3',
  'secrets-manager',
  'ses',
  'sfn',
  'sns',
  'sso-oidc',
  'sts',
];

/** What limits values, fills them in or sends them in pieces has tests of its own; here any value is to arrive as it is. */
const left = ['default', 'idempotencyToken', 'length', 'pattern', 'range', 'streaming', 'uniqueItems'].map(
  (name) => `smithy.api#${name}`,
);

/** Reads the model of a service without what would change values on their way. */
export function readService(name: string): { readonly model: Model; readonly service: ServiceShape } {
  const [file = ''] = globSync(join(folder, name, 'service', '*', '*.json'));
  const document = JSON.parse(readFileSync(file, 'utf8'), (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const traits = Object.entries(value).filter(([trait]) => !left.includes(trait));
    const isLabel = 'smithy.api#httpLabel' in value;
    return Object.fromEntries(traits.filter(([trait]) => isLabel || trait !== 'smithy.api#required'));
  });
  const model = parseModel(document);
  const [service] = model.services;
  assert(service !== undefined, `${file} has no service`);
  return { model, service };
}
