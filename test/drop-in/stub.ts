import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningServer } from '../servers/harness/servers.ts';

type Filtered = { readonly Filters?: readonly { readonly Field: string; readonly Value: string }[] };

/** Answers of the services that Moto lacks, by `X-Amz-Target`; they depend on what was asked. */
const answers: Readonly<Record<string, (asked: Filtered & Record<string, unknown>) => unknown>> = {
  'CloudTrail_20131101.LookupEvents': ({ LookupAttributes }) => ({
    Events: [
      {
        EventId: '1',
        EventName: 'CreateKey',
        EventTime: 1_767_323_045,
        Username: 'maria',
        Resources: [{ ResourceType: 'AWS::KMS::Key', ResourceName: JSON.stringify(LookupAttributes) }],
      },
    ],
  }),
  'AWSPriceListService.GetAttributeValues': ({ AttributeName, ServiceCode }) => ({
    AttributeValues: ['Magnetic', `${ServiceCode} ${AttributeName}`].map((Value) => ({ Value })),
  }),
  'AWSPriceListService.GetProducts': ({ Filters = [], ServiceCode }) => {
    const attributes = Object.fromEntries(Filters.map(({ Field, Value }) => [Field, Value]));
    const price = { serviceCode: ServiceCode, product: { productFamily: 'Storage', attributes } };
    return { FormatVersion: 'aws_v1', PriceList: [JSON.stringify(price)] };
  },
};

/** Starts the services that Moto lacks: CloudTrail's events and the price list. What they do not know, they refuse. */
export async function startStub(): Promise<RunningServer> {
  const server = createServer({ keepAliveTimeout: 0 }, async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { authorization, 'x-amz-target': target } = request.headers;
    const answer = answers[String(target)];
    const refusal =
      answer === undefined ? 'UnknownOperationException' : authorization ? undefined : 'AccessDenied';
    response.writeHead(refusal === undefined ? 200 : 400, { 'Content-Type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(refusal === undefined ? answer?.(JSON.parse(body)) : { __type: refusal }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
