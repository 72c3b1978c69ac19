import type { EndpointParams } from '@latchkey/client/endpoints/endpoint';
import type { EndpointExpression } from '@latchkey/client/endpoints/expression';
import { findPartition, type Partition, partitions } from '@latchkey/client/endpoints/partitions';
import { type Decision, decisionsBelow } from './decision-graph.ts';

/** A case to evaluate rules with: parameters, and the partition of the region. */
export interface Probe {
  readonly params: EndpointParams;
  readonly partition: Partition;
  /** Key in `StandardEndpoints.exceptions`, where this case may be an exception. */
  readonly exception?: string;
}

/** A region and a partition that no rules name. Their values are recognisable in a URL. */
export const anyRegion = 'any-region-1';
export const anyPartition: Partition = {
  name: 'any-partition',
  implicitGlobalRegion: 'any-global-1',
  dnsSuffix: 'any-dns.test',
  dualStackDnsSuffix: 'any-dual-stack.test',
  supportsFIPS: true,
  supportsDualStack: true,
  regions: /./,
};

/**
 * All cases that the conditions of a graph can distinguish: with and without a custom endpoint; a region that they name,
 * or another; a partition that they name, or another; FIPS and dual stack, supported or not.
 *
 * @returns undefined when conditions depend on anything else
 */
export function probesFor(root: Decision): readonly Probe[] | undefined {
  const regions = new Set<string>();
  const names = new Set<string>();
  for (const decision of decisionsBelow(root)) {
    if (decision.kind === 'outcome') continue;
    const question = readQuestion(decision.condition);
    if (question === undefined) return undefined;
    if (question.region !== undefined) regions.add(question.region);
    if (question.partition !== undefined) names.add(question.partition);
  }
  const places: readonly (readonly [region: string | undefined, partition: Partition, named?: string])[] = [
    [undefined, anyPartition],
    [anyRegion, anyPartition],
    ...[...names].map((name) => [anyRegion, partitionNamed(name), name] as const),
    ...[...regions].map((region) => [region, partitionOf(region), region] as const),
  ];
  return places.flatMap(([Region, partition, named]) =>
    variants.flatMap(([variant, flags]) => [
      {
        params: { Region, ...flags },
        partition,
        ...(named !== undefined && { exception: `${named} ${variant}` }),
      },
      ...unsupported(partition).map((lacking) => ({ params: { Region, ...flags }, partition: lacking })),
      { params: { Region, ...flags, Endpoint: 'https://custom.test/path' }, partition },
    ]),
  );
}

const variants = [
  ['plain', { UseFIPS: false, UseDualStack: false }],
  ['fips', { UseFIPS: true, UseDualStack: false }],
  ['dualStack', { UseFIPS: false, UseDualStack: true }],
  ['fipsDualStack', { UseFIPS: true, UseDualStack: true }],
] as const;

/** Variants of a partition without FIPS, dual stack, or both. None for partitions of AWS, which all have both. */
function unsupported(partition: Partition): readonly Partition[] {
  if (partition !== anyPartition) return [];
  const lacking = [{ supportsFIPS: false }, { supportsDualStack: false }];
  return [...lacking, { supportsFIPS: false, supportsDualStack: false }].map((flags) => ({
    ...partition,
    ...flags,
  }));
}

function partitionNamed(name: string): Partition {
  return { ...anyPartition, name };
}

function partitionOf(region: string): Partition {
  return partitionNamed(findPartition(region, partitions)?.name ?? anyPartition.name);
}

const plainQuestions = new Set([
  '"{Endpoint}"',
  '"{Region}"',
  '"{UseFIPS}"',
  '"{UseDualStack}"',
  '"{PartitionResult#supportsFIPS}"',
  '"{PartitionResult#supportsDualStack}"',
  '["assign","PartitionResult",["aws.partition","{Region}"]]',
]);

/** What a condition distinguishes, with the region or partition that it names. @returns undefined for other conditions */
function readQuestion(
  condition: EndpointExpression,
): { readonly region?: string; readonly partition?: string } | undefined {
  if (plainQuestions.has(JSON.stringify(condition))) return {};
  if (!Array.isArray(condition) || condition[0] !== 'stringEquals') return undefined;
  const [subject, literal] = condition
    .slice(1)
    .toSorted((one, other) => Number(isPlain(one)) - Number(isPlain(other)));
  if (typeof literal !== 'string' || !isPlain(literal)) return undefined;
  if (subject === '{Region}') return { region: literal };
  return subject === '{PartitionResult#name}' ? { partition: literal } : undefined;
}

function isPlain(text: EndpointExpression | undefined): boolean {
  return typeof text === 'string' && !/[{}]/.test(text);
}
