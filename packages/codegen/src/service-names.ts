import type { ModelFile } from '@latchkey/smithy';

export interface ServiceNames {
  /** Name in URLs, e.g. `ssooidc`. */
  readonly moduleName: string;
  /** Name of the client class, e.g. `SSOOIDC`. */
  readonly className: string;
}

/** Names of a service, the same as in the AWS SDK for JavaScript v2. Newer services follow its rule. */
export function serviceNames({ sdkId }: Pick<ModelFile, 'sdkId'>): ServiceNames {
  const className = exceptions[sdkId] ?? classNameOf(sdkId);
  return { moduleName: className.toLowerCase(), className };
}

/** Joins the words of the `sdkId`, each with a capital: `IoTEventsData` for `IoT Events Data`. */
function classNameOf(sdkId: string): string {
  const words = sdkId.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[0-9]/.test(name) ? `_${name}` : name;
}

/** Class names of the AWS SDK for JavaScript v2 that do not follow the rule, by `sdkId`. */
const exceptions: Readonly<Record<string, string>> = {
  'Application Discovery Service': 'Discovery',
  codeartifact: 'CodeArtifact',
  'CodeStar connections': 'CodeStarconnections',
  'codestar notifications': 'CodeStarNotifications',
  'Cognito Identity Provider': 'CognitoIdentityServiceProvider',
  'Cost and Usage Report Service': 'CUR',
  'Database Migration Service': 'DMS',
  'Elastic Load Balancing': 'ELB',
  'Elastic Load Balancing v2': 'ELBv2',
  'Elasticsearch Service': 'ES',
  'EMR containers': 'EMRcontainers',
  'finspace data': 'Finspacedata',
  forecast: 'ForecastService',
  forecastquery: 'ForecastQueryService',
  identitystore: 'IdentityStore',
  IoT: 'Iot',
  'IoT Data Plane': 'IotData',
  ivs: 'IVS',
  'Kinesis Video Signaling': 'KinesisVideoSignalingChannels',
  'Lex Runtime Service': 'LexRuntime',
  mq: 'MQ',
  'RDS Data': 'RDSDataService',
  'SageMaker A2I Runtime': 'AugmentedAIRuntime',
  savingsplans: 'SavingsPlans',
  SESv2: 'SESV2',
  SFN: 'StepFunctions',
  Transcribe: 'TranscribeService',
};
