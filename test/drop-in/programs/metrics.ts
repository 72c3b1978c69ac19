import { ApiFactory } from 'https://aws-api.deno.dev/v0.5/client/mod.ts';
import { CloudWatch } from 'https://aws-api.deno.dev/v0.5/services/cloudwatch.ts';

const cloudwatch = new CloudWatch(new ApiFactory());
const Dimensions = [{ Name: 'host', Value: 'here' }];
await cloudwatch.putMetricData({
  Namespace: 'DropIn',
  MetricData: [
    { MetricName: 'load', Timestamp: new Date(), Value: 0.5, StorageResolution: 1, Unit: 'None', Dimensions },
  ],
});
const { Metrics } = await cloudwatch.listMetrics({ Namespace: 'DropIn' });
const none = await cloudwatch.listMetrics({ Namespace: 'Nothing' });
console.log(JSON.stringify([Metrics.map((metric) => metric.MetricName), none.Metrics.length]));
