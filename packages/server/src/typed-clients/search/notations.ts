import { wordsOfName } from './names.ts';

/** What a notation of other tools says. */
export interface NotationReading {
  /** Words as a name of ours has them, e.g. `dynamodb`, `create` and `table`. */
  readonly words: readonly string[];
  /** Whether it names a service alone. */
  readonly isService?: true;
}

/**
 * Reads what is written as other tools write it: a command line (`aws s3api put-object --bucket b`), an ARN, a resource of
 * CloudFormation or Terraform (`AWS::SQS::Queue`, `aws_sqs_queue`), a class of the AWS SDK for JavaScript (`PutItemCommand`,
 * `S3Client`), a call of boto3 (`boto3.client('s3').get_object`).
 *
 * @returns undefined for other text
 */
export function readNotation(text: string): NotationReading | undefined {
  const [, arnService] = /^["']?arn:aws[a-z-]*:([a-z0-9-]+):/i.exec(text) ?? [];
  if (arnService !== undefined) return { words: split(arnService), isService: true };
  const [, resource] = /^aws::(\w+::\w+)$/i.exec(text) ?? [];
  if (resource !== undefined) return creationOf(resource.split('::'));
  if (/^(?:data\.)?aws_[a-z0-9_]+$/i.test(text)) return creationOf(text.split('_').slice(1));
  const [, command] = /^(?:\$ )?aws ([a-z0-9-]+ [a-z0-9-]+.*)$/i.exec(text) ?? [];
  if (command !== undefined) return { words: split(command.replace(/ --?[a-z].*$/i, '')) };
  const [, name, part] = /^(?:new )?([a-z0-9]+)(Command(?:Input|Output)?|Client)(?:\(.*)?$/i.exec(text) ?? [];
  if (name !== undefined && part !== undefined) return readClassOfSdk(name, part);
  if (/\bboto3\b/i.test(text)) {
    return { words: split(text).filter((word) => !/^(?:boto3|client|resource|session)$/.test(word)) };
  }
  return undefined;
}

function creationOf([service = '', ...nouns]: readonly string[]): NotationReading {
  return { words: [service.toLowerCase(), 'create', ...nouns.flatMap(wordsOfName)] };
}

function readClassOfSdk(name: string, part: string): NotationReading {
  const words = wordsOfName(name);
  if (/^client$/i.test(part)) return { words: [name.toLowerCase()], isService: true };
  const [, side] = /^command(input|output)$/i.exec(part) ?? [];
  return { words: side === undefined ? words : [...words, side.toLowerCase()] };
}

function split(text: string): readonly string[] {
  return text.split(/[^\p{L}\p{N}]+/u).flatMap((word) => (word === '' ? [] : [word.toLowerCase()]));
}
