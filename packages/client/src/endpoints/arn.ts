/** Parts of an Amazon Resource Name. `resourceId` is split at `:` and `/`. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resourceId: readonly string[];
}

/** Parses an ARN. Region and account may be empty. @returns undefined when the text is no ARN */
export function parseArn(text: string): Arn | undefined {
  const [scheme, partition, service, region, accountId, ...resource] = text.split(':');
  if (scheme !== 'arn' || !partition || !service || region === undefined || accountId === undefined) return;
  if (resource.join('') === '') return;
  return { partition, service, region, accountId, resourceId: resource.flatMap((part) => part.split('/')) };
}
