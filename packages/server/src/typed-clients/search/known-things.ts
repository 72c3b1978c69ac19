import { runsOfService } from './names-of-service.ts';
import type { SearchedService } from './search-entry.ts';
import type { FoundEntry } from './search-index.ts';
import { withoutSmallWords } from './search-query.ts';
import { isVerb, verbsFor, withoutName } from './synonyms.ts';

/**
 * Things by names that people have for them and that no operation has, such as DNS records. By operation, written
 * `module.operation`: the one that is meant where no verb says otherwise. Others of the service that have the same words
 * behind their verbs are meant by theirs, e.g. `listResourceRecordSets` by `list dns records`.
 */
export const knownThings: Readonly<Record<string, readonly string[]>> = {
  'route53.changeResourceRecordSets': [
    'dns record',
    'dns entry',
    'record set',
    'cname',
    'cname record',
    'txt record',
    'mx record',
    'alias record',
  ],
  's3.putBucketLifecycleConfiguration': [
    'lifecycle rule',
    'lifecycle policy',
    'bucket lifecycle',
    'object expiration',
    'expiration rule',
  ],
  's3.putBucketVersioning': ['versioning', 'object versioning'],
  's3.putBucketWebsite': ['website hosting', 'static hosting', 'static site', 'static website'],
  's3.putBucketNotificationConfiguration': ['bucket notification', 'bucket event', 'event notification'],
  's3.putPublicAccessBlock': ['public access'],
  's3.putBucketEncryption': ['default encryption'],
  's3.putBucketLogging': ['access logging', 'server access log'],
  's3.putBucketReplication': ['cross region replication'],
  's3.putBucketAccelerateConfiguration': ['transfer acceleration'],
  's3.createMultipartUpload': ['multipart upload', 'chunked upload'],
  's3.putObjectLockConfiguration': ['write once read many', 'worm'],
  'dynamodb.updateContinuousBackups': ['pitr', 'point in time recovery'],
  'dynamodb.updateTable': ['secondary index', 'table index', 'dynamodb index'],
  'lambda.createFunction': ['lambda', 'lambda function'],
  'lambda.updateFunctionConfiguration': [
    'environment variable',
    'env variable',
    'env var',
    'function timeout',
    'function memory',
    'lambda timeout',
    'lambda memory',
  ],
  'lambda.createEventSourceMapping': ['event source', 'function trigger', 'lambda trigger'],
  'lambda.putFunctionConcurrency': ['reserved concurrency', 'lambda concurrency'],
  'cloudwatchlogs.putRetentionPolicy': ['log retention', 'retention'],
  'cloudwatchlogs.putSubscriptionFilter': ['log subscription'],
  'cloudwatchlogs.filterLogEvents': ['log line', 'log entry', 'log message', 'lambda log', 'container log'],
  'cloudwatch.putMetricData': ['custom metric'],
  'ecs.updateService': ['force deployment', 'rolling restart', 'desired count'],
  'ecs.executeCommand': ['container shell'],
  'rds.createDBInstance': [
    'database instance',
    'sql database',
    'postgres database',
    'postgresql database',
    'mysql database',
    'mariadb database',
    'postgres instance',
    'mysql instance',
  ],
  'rds.createDBCluster': ['aurora cluster', 'aurora database', 'database cluster', 'postgres cluster'],
  'rds.createDBSnapshot': ['database snapshot', 'database backup'],
  'elasticache.createReplicationGroup': ['redis cluster', 'redis instance', 'redis cache', 'valkey cluster'],
  'elasticache.createCacheCluster': ['memcached cluster', 'memcached instance'],
  'opensearch.createDomain': ['elasticsearch cluster', 'elasticsearch domain', 'search cluster'],
  'eks.createNodegroup': ['node group', 'worker node', 'kubernetes node'],
  'eks.describeCluster': ['kubeconfig'],
  'ecr.putImage': ['docker image', 'container image'],
  'ecr.createRepository': ['docker repository', 'image repository'],
  'cloudfront.createInvalidation': ['cdn cache', 'edge cache', 'cloudfront cache'],
  'cloudfront.createDistribution': ['cdn distribution'],
  'apigateway.createRestApi': ['api gateway'],
  'apigateway.createDomainName': ['custom domain', 'custom domain name'],
  'cognitoidentityserviceprovider.createUserPoolClient': ['app client'],
  'iam.createLoginProfile': ['console password', 'console login'],
  'iam.updateAssumeRolePolicy': ['trust policy', 'trust relationship'],
  'sqs.changeMessageVisibility': ['visibility timeout'],
  'sqs.getQueueAttributes': ['queue length', 'queue size', 'queue depth', 'message count'],
  'sqs.setQueueAttributes': ['dead letter queue', 'dlq', 'redrive policy', 'queue policy', 'long polling'],
  'sts.getCallerIdentity': ['account id', 'current user', 'current account', 'current role'],
  'ssm.sendCommand': ['shell command', 'shell script', 'remote command'],
};

/** A thing that words are about. */
export interface Thing {
  /** Of the service whose operations name it. */
  readonly moduleName: string;
  /** The operation that is meant where no verb says otherwise. */
  readonly operation: string;
  /** What the names of operations have behind their verbs, in the singular and without `Configuration`, e.g. `ResourceRecordSet`. */
  readonly name: string;
  /** Verbs for what is done with it: the typed one, then others for the same. None where none was typed. */
  readonly verbs: readonly string[];
}

interface NamedThing extends Pick<Thing, 'moduleName' | 'operation' | 'name'> {
  readonly words: readonly string[];
}

/** The longest names first. */
const things: readonly NamedThing[] = Object.entries(knownThings)
  .flatMap(([path, names]) => {
    const [moduleName = '', operation = ''] = path.split('.');
    const { name } = partsOfOperation(operation);
    return names.map((each) => ({ moduleName, operation, name, words: withoutSmallWords(each.split(' ')) }));
  })
  .toSorted((a, b) => b.words.length - a.words.length);

/** `putBucketLifecycleConfiguration` and `deleteBucketLifecycle` are of one thing, as are `listFunctions` and `getFunction`. */
function partsOfOperation(operation: string): { readonly verb: string; readonly name: string } {
  const [, verb = '', name = ''] = /^([a-z]+)(.*?)(?:Configuration|(?<!s)s)?$/.exec(operation) ?? [];
  return { verb, name };
}

/** @returns the thing of one of the services that words name, perhaps in the other number, beside a verb and names of the service */
export function thingIn(words: readonly string[], services: readonly SearchedService[]): Thing | undefined {
  for (const { words: named, ...thing } of things) {
    const rest = withoutName(words, named);
    const service = rest && services.find(({ moduleName }) => moduleName === thing.moduleName);
    if (service === undefined) continue;
    const typed = rest?.find(isVerb);
    const others = rest?.filter((word) => word !== typed) ?? [];
    if (others.every((word) => runsOfService(service).includes(word)))
      return { ...thing, verbs: typed === undefined ? [] : [typed, ...verbsFor(typed)] };
  }
  return undefined;
}

/** Less than that of a type of that name: who types words for a thing wants to do something with it. */
export const RANK_OF_KNOWN = 1.5;
/** Added for each verb that is likelier. */
const COST_OF_LATER = 0.5;
/** Added to other operations where no verb was typed. */
const COST_OF_OTHER = 20;
/** Of the operation that is meant where another verb was typed: other results are likelier, unless they have words in texts alone. */
const RANK_OF_MEANT = 65;

/** @returns how good a result for the thing an entry is: the lower, the better; undefined for one that does nothing with it */
export function rankOfThing(
  { moduleName, name, operation, verbs }: Thing,
  { kind, member = '', service }: FoundEntry,
): number | undefined {
  const other = partsOfOperation(member);
  if (kind !== 'operation' || service.moduleName !== moduleName || other.name !== name) return undefined;
  if (verbs.length === 0) return RANK_OF_KNOWN + (member === operation ? 0 : COST_OF_OTHER);
  const place = verbs.indexOf(other.verb);
  if (place !== -1) return RANK_OF_KNOWN + place * COST_OF_LATER;
  return member === operation ? RANK_OF_MEANT : undefined;
}
