const ns = 'example.large';

/** Numbers of operations and structures as in the largest of AWS's models (SageMaker, EC2). */
const OPERATIONS = 400;
const STRUCTURES = 1_500;
const MEMBERS = 60;
/** Number of values as in the largest enum (instance types of EC2). */
const VALUES = 1_000;

const http = (uri: string) => ({ 'smithy.api#http': { method: 'POST', uri, code: 200 } });

/** A sentence, again and again. */
const prose = `<p>${'What it is for is said here at the usual length, in words of the usual kind. '.repeat(6)}</p>`;

function operation(number: number): readonly [string, object][] {
  const name = `DescribeResourceConfigurationOfKind${number}`;
  return [
    [
      `${ns}#${name}`,
      {
        type: 'operation',
        input: { target: `${ns}#${name}Request` },
        output: { target: `${ns}#${name}Response` },
        errors: [{ target: `${ns}#ResourceLimitExceededException` }],
        traits: { ...http(`/${name}`), 'smithy.api#documentation': prose },
      },
    ],
    [`${ns}#${name}Request`, structure(number === 7 ? MEMBERS : 2, number === 3 ? prose.repeat(2) : prose)],
    [`${ns}#${name}Response`, structure(2)],
  ];
}

function structure(members: number, documentation = prose): object {
  const target = (member: number) => `${ns}#ConfigurationOfSomethingRatherLong${member}`;
  const all = Array.from({ length: members }, (_, member) => [
    `MemberWithALongName${member}`,
    { target: target(member), traits: { 'smithy.api#documentation': documentation } },
  ]);
  return {
    type: 'structure',
    members: { Size: { target: `${ns}#InstanceType` }, ...Object.fromEntries(all) },
  };
}

/**
 * A model as large as the largest of AWS's, for the bounds of pages. The operation of kind 7 has very many parameters, that of
 * kind 3 has parameters with long documentation.
 */
export const largeModel = {
  smithy: '2.0',
  shapes: {
    [`${ns}#Large`]: {
      type: 'service',
      version: '2020-01-01',
      operations: Array.from({ length: OPERATIONS }, (_, number) => ({
        target: `${ns}#DescribeResourceConfigurationOfKind${number}`,
      })),
      traits: {
        'smithy.api#title': 'Large',
        'smithy.api#documentation': `<h1>Large API Reference</h1>${prose}<h3>Part</h3>${prose}`,
        'aws.api#service': { sdkId: 'Large' },
        'aws.auth#sigv4': { name: 'large' },
        'aws.protocols#restJson1': {},
      },
    },
    ...Object.fromEntries(Array.from({ length: OPERATIONS }, (_, number) => operation(number)).flat()),
    [`${ns}#InstanceType`]: {
      type: 'enum',
      members: Object.fromEntries(
        Array.from({ length: VALUES }, (_, number) => [
          `m${number}_16XLARGE`,
          { target: 'smithy.api#Unit', traits: { 'smithy.api#enumValue': `m${number}.16xlarge` } },
        ]),
      ),
    },
    [`${ns}#ResourceLimitExceededException`]: {
      type: 'structure',
      members: { message: { target: 'smithy.api#String' } },
      traits: { 'smithy.api#error': 'client', 'smithy.api#documentation': prose },
    },
    ...Object.fromEntries(
      Array.from({ length: STRUCTURES }, (_, number) => [
        `${ns}#ConfigurationOfSomethingRatherLong${number}`,
        {
          type: 'structure',
          members: {
            next: { target: `${ns}#ConfigurationOfSomethingRatherLong${(number + 60) % STRUCTURES}` },
          },
        },
      ]),
    ),
  },
};
