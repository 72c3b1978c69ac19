/** A partition of AWS, i.e. regions that share a domain and accounts, as endpoint rules get it from `aws.partition`. */
export interface Partition {
  readonly name: string;
  /** Region of the services that serve the whole partition. */
  readonly implicitGlobalRegion: string;
  readonly dnsSuffix: string;
  readonly dualStackDnsSuffix: string;
  readonly supportsFIPS: boolean;
  readonly supportsDualStack: boolean;
  /** Matches the names of its regions. The pseudo region `<name>-global` belongs to it, too. */
  readonly regions: RegExp;
}

/** The partitions of AWS. A region that is in none counts as one of the first. */
export const partitions: readonly Partition[] = [
  partition('aws', 'us-east-1', 'amazonaws.com', 'api.aws', /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/),
  partition('aws-cn', 'cn-northwest-1', 'amazonaws.com.cn', 'api.amazonwebservices.com.cn', /^cn-\w+-\d+$/),
  partition('aws-eusc', 'eusc-de-east-1', 'amazonaws.eu', 'api.amazonwebservices.eu', /^eusc-de-\w+-\d+$/),
  partition('aws-iso', 'us-iso-east-1', 'c2s.ic.gov', 'api.aws.ic.gov', /^us-iso-\w+-\d+$/),
  partition('aws-iso-b', 'us-isob-east-1', 'sc2s.sgov.gov', 'api.aws.scloud', /^us-isob-\w+-\d+$/),
  partition('aws-iso-e', 'eu-isoe-west-1', 'cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk', /^eu-isoe-\w+-\d+$/),
  partition('aws-iso-f', 'us-isof-south-1', 'csp.hci.ic.gov', 'api.aws.hci.ic.gov', /^us-isof-\w+-\d+$/),
  partition('aws-us-gov', 'us-gov-west-1', 'amazonaws.com', 'api.aws', /^us-gov-\w+-\d+$/),
];

function partition(
  name: string,
  implicitGlobalRegion: string,
  dnsSuffix: string,
  dualStackDnsSuffix: string,
  regions: RegExp,
): Partition {
  return {
    name,
    implicitGlobalRegion,
    dnsSuffix,
    dualStackDnsSuffix,
    supportsFIPS: true,
    supportsDualStack: true,
    regions,
  };
}

/** The partition of a region. A region that no partition matches is in the first, as the endpoint rules demand. */
export function findPartition(region: string, among: readonly Partition[]): Partition | undefined {
  return among.find(({ name, regions }) => region === `${name}-global` || regions.test(region)) ?? among[0];
}
