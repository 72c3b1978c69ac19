import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { send } from '../../../http/testing/api.ts';
import { startWithModels } from '../../testing/pages.ts';

const ns = 'example.order';
const string = (required: boolean) => ({
  target: 'smithy.api#String',
  traits: required ? { 'smithy.api#required': {} } : {},
});
const latchkey = await startWithModels({
  order: {
    smithy: '2.0',
    shapes: {
      [`${ns}#Order`]: {
        type: 'service',
        version: '2020-01-01',
        operations: [{ target: `${ns}#Sort` }],
        traits: {
          'aws.api#service': { sdkId: 'Order' },
          'aws.auth#sigv4': { name: 'order' },
          'aws.protocols#awsJson1_0': {},
        },
      },
      [`${ns}#Sort`]: { type: 'operation', input: { target: `${ns}#SortInput` } },
      [`${ns}#SortInput`]: {
        type: 'structure',
        members: { alpha: string(false), beta: string(true), gamma: string(false), delta: string(true) },
      },
    },
  },
});
after(() => latchkey.close());

test('what a caller must give is described before all else, on the page of an operation and of its input', async () => {
  for (const page of ['Order.sort', 'SortInput']) {
    const { text } = await send(latchkey, `/v0.4/docs/order/${page}`, { headers: { accept: 'text/html' } });
    const [, described = ''] = /(?:id="the-parameters"|id="all-members")(.*?)<h2/s.exec(text) ?? [];
    const names = described.match(/(?<=[">])(?:alpha|beta|gamma|delta)(?=<)/g);
    assert.deepEqual(names, ['beta', 'delta', 'alpha', 'gamma'], page);
  }
});
