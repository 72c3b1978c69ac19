import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { CloudWatch, DashboardNotFoundError } from '#services/cloudwatch';
import { apiFactory } from './harness/api-factory.ts';
import { type RunningServer, startMoto } from './harness/servers.ts';

suite('a client of CloudWatch (awsQuery), against Moto', () => {
  let server: RunningServer;
  let cloudwatch: CloudWatch;
  before(async () => {
    server = await startMoto();
    cloudwatch = apiFactory(server).makeNew(CloudWatch);
  });
  after(() => server[Symbol.asyncDispose]());

  test('reads what it has measured', async () => {
    const Timestamp = new Date(Math.trunc(Date.now() / 60_000) * 60_000);
    const metric = { Namespace: 'Cats', MetricName: 'Purrs' };
    const Dimensions = [{ Name: 'Cat', Value: 'Mau & Mieze' }];
    const MetricData = [1, 2.5, 4].map((Value) => ({
      MetricName: 'Purrs',
      Dimensions,
      Timestamp,
      Value,
      Unit: 'Count',
    }));
    await cloudwatch.putMetricData({ Namespace: 'Cats', MetricData });
    const { Datapoints } = await cloudwatch.getMetricStatistics({
      ...metric,
      Dimensions,
      StartTime: new Date(Timestamp.getTime() - 60_000),
      EndTime: new Date(Timestamp.getTime() + 60_000),
      Period: 60,
      Statistics: ['Sum', 'Average', 'SampleCount'],
    });
    const sums = { SampleCount: 3, Average: 2.5, Sum: 7.5, ExtendedStatistics: {} };
    assert.deepEqual(Datapoints, [{ Timestamp, ...sums, Unit: 'Count' }]);
    const { Metrics } = await cloudwatch.listMetrics({ Namespace: 'Cats' });
    assert.deepEqual(Metrics, [{ ...metric, Dimensions }]);
  });

  test('compresses what is long', async () => {
    const MetricData = Array.from({ length: 300 }, (_, number) => ({
      MetricName: `Metric${number}`,
      Value: 1,
    }));
    await cloudwatch.putMetricData({ Namespace: 'Many', MetricData });
    const pages = await Array.fromAsync(cloudwatch.paginateListMetrics({ Namespace: 'Many' }));
    assert.equal(pages.flatMap(({ Metrics }) => Metrics).length, 300);
  });

  test('makes alarms, waits for them, and lists them page by page', async () => {
    const names = ['a', 'b', 'c'];
    for (const AlarmName of names) {
      await cloudwatch.putMetricAlarm({
        AlarmName,
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 1,
        MetricName: 'Purrs',
        Namespace: 'Cats',
        Period: 60,
        Statistic: 'Sum',
        Threshold: 0.5,
      });
    }
    const waited = await cloudwatch.waitForAlarmExists({ AlarmNames: ['b'] });
    assert.equal(waited.MetricAlarms?.[0]?.Threshold, 0.5);
    const pages = await Array.fromAsync(cloudwatch.paginateDescribeAlarms({ MaxRecords: 2 }));
    assert.deepEqual(
      pages.flatMap(({ MetricAlarms }) => MetricAlarms?.map(({ AlarmName }) => AlarmName)),
      names,
    );
  });

  test('tells errors apart by their class', async () => {
    const missing = cloudwatch.getDashboard({ DashboardName: 'missing' });
    await assert.rejects(missing, DashboardNotFoundError);
  });
});
