/** The parts of an Amazon Resource Name; `resourceId` is split at `:` and `/`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resourceId: readonly string[];
}

/** Reads an ARN; undefined when it is none. Region and account may be empty. */
export function parseArn(text: string): Arn | undefined {
  const [scheme, partition, service, region, accountId, ...resource] = text.split(':');
  if (scheme !== 'arn' || !partition || !service || region === undefined || accountId === undefined) return;
  if (resource.join('') === '') return;
  return { partition, service, region, accountId, resourceId: resource.flatMap((part) => part.split('/')) };
}
