import { ApiFactory } from 'https://aws-api.deno.dev/v0.3/client/mod.ts';
import {
  EC2,
  type Instance,
} from 'https://aws-api.deno.dev/v0.3/services/ec2.ts?actions=RunInstances,DescribeInstances,\
DescribeAvailabilityZones,DescribeVpcs,DescribeSubnets,DescribeImages,TerminateInstances,GetConsoleOutput';

const ec2 = new ApiFactory().makeNew(EC2);
const named = ({ Tags }: Instance) => Tags.some(({ Value }) => Value === 'drop-in');
const before = await ec2
  .describeInstances({ MaxResults: 25 })
  .then(({ Reservations }) => Reservations.flatMap(({ Instances }) => Instances).filter(named));
const { AvailabilityZones } = await ec2.describeAvailabilityZones();
const zone = AvailabilityZones[0]?.ZoneName ?? '';
const { Vpcs } = await ec2.describeVpcs({ Filters: [{ Name: 'isDefault', Values: ['true'] }] });
const { Subnets } = await ec2.describeSubnets({
  Filters: [
    { Name: 'default-for-az', Values: ['true'] },
    { Name: 'vpc-id', Values: [Vpcs[0]?.VpcId ?? ''] },
    { Name: 'availability-zone', Values: [zone] },
  ],
});
const { Images } = await ec2.describeImages({
  Filters: [{ Name: 'state', Values: ['available'] }],
  Owners: ['amazon'],
});
Images.sort((a, b) => (b.CreationDate ?? '').localeCompare(a.CreationDate ?? ''));
const {
  Instances: [instance],
} = await ec2.runInstances({
  InstanceType: 't4g.nano',
  ImageId: Images[0]?.ImageId,
  NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: true, SubnetId: Subnets[0]?.SubnetId }],
  TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'drop-in' }] }],
  MinCount: 1,
  MaxCount: 1,
  UserData: btoa('#!/bin/sh\necho hello\n'),
});
const InstanceIds = [instance?.InstanceId ?? ''];
const running = await ec2.waitForInstanceRunning({ InstanceIds });
const found = running.Reservations[0]?.Instances[0];
const { Output } = await ec2.getConsoleOutput({ InstanceId: InstanceIds[0]! });
const { TerminatingInstances } = await ec2.terminateInstances({ InstanceIds });
const ended = await ec2.waitForInstanceTerminated({ InstanceIds });
console.log(
  JSON.stringify([
    before.length,
    found?.State?.Name,
    found?.SubnetId === Subnets[0]?.SubnetId,
    found && named(found),
    typeof Output,
    TerminatingInstances.length,
    ended.Reservations[0]?.Instances[0]?.State?.Name,
  ]),
);
