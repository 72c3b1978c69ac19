import { existsSync, readFileSync } from 'node:fs';
import type { ApiFactoryOptions } from '@latchkey/client';
import { ApiFactory } from '@latchkey/client/api-factory';
import { type InternalFactoryOptions, standIns } from '@latchkey/client/core-api-factory';
import type { HttpRequest, Transport } from '@latchkey/client/transport/transport';
import { type Model, parseModel } from '@latchkey/smithy';
import type { CaseFields, ModelSource } from './case.ts';
import { type ClientClass, callOperation, importClient } from './import-client.ts';

const published = new URL('../../../shared/api-models-aws/', import.meta.url);
/** Cases of S3 come without the rules that say where its buckets are. */
const modelOfS3 = new URL('s3/service/2006-03-01/s3-2006-03-01.json', published);

const serviceIdOfS3 = 'com.amazonaws.s3#AmazonS3';

/** Whether there is all that a client can be generated from. */
export function canGenerate({ serviceId }: ModelSource): boolean {
  return serviceId !== serviceIdOfS3 || existsSync(modelOfS3);
}

/** What a client that is generated from the model of a case sends in the end, which only its runtime decides. */
export async function requestOfGeneratedClient(
  source: ModelSource,
  operation: string,
  params: object,
  fields: CaseFields,
): Promise<HttpRequest> {
  const Client = await generate(source);
  const factory = new CapturingFactory(optionsOf(fields));
  const outcome = await callOperation(new Client(factory), operation, params).catch(
    (error: unknown) => error,
  );
  if (factory.sent === undefined) throw outcome;
  return factory.sent;
}

const generated = new WeakMap<ModelSource, Promise<ClientClass>>();

function generate(source: ModelSource): Promise<ClientClass> {
  const known =
    generated.get(source) ?? importClient(withEndpointRules(source.text, source.serviceId), source.serviceId);
  generated.set(source, known);
  return known;
}

function withEndpointRules(text: string, serviceId: string): Model {
  const model = JSON.parse(text);
  const { traits } = model.shapes[serviceId];
  if (serviceId === serviceIdOfS3 && traits['smithy.rules#endpointRuleSet'] === undefined) {
    const rules = JSON.parse(readFileSync(modelOfS3, 'utf8')).shapes[serviceId].traits;
    for (const trait of ['smithy.rules#endpointRuleSet', 'smithy.rules#clientContextParams'])
      traits[trait] = rules[trait];
    for (const shape of Object.values<{ members?: Record<string, { traits?: Record<string, unknown> }> }>(
      model.shapes,
    )) {
      const bucket = shape.members?.['Bucket'];
      if (bucket !== undefined)
        bucket.traits = { ...bucket.traits, 'smithy.rules#contextParam': { name: 'Bucket' } };
    }
  }
  return parseModel(model);
}

/** Takes requests and answers none of them. */
class CapturingFactory extends ApiFactory {
  sent: HttpRequest | undefined;

  constructor(options: ApiFactoryOptions) {
    const transport: Transport = {
      send: async (request) => {
        this.sent = request;
        return { status: 400, headers: {}, body: new Uint8Array() };
      },
      close() {},
    };
    const capturing: InternalFactoryOptions = {
      ...options,
      [standIns]: { openTransport: async () => transport },
    };
    super(capturing);
  }
}

function optionsOf({ host, vendorParams }: CaseFields): ApiFactoryOptions {
  const { client, operation } = vendorParams?.scopedConfig ?? {};
  const { addressing_style, use_dualstack_endpoint, use_accelerate_endpoint } = {
    ...client?.s3,
    ...operation?.s3,
  };
  return {
    region: client?.region ?? 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    ...(client === undefined && host !== undefined && { fixedEndpoint: `https://${host}` }),
    ...(use_dualstack_endpoint !== undefined && { useDualstackEndpoint: use_dualstack_endpoint }),
    endpointSettings: {
      forcePathStyle: addressing_style === 'path',
      accelerate: use_accelerate_endpoint === true,
    },
  };
}
