import { ApiFactory } from 'https://aws-api.deno.dev/v0.3/client/mod.ts';
import {
  EC2,
  type Vpc,
} from 'https://aws-api.deno.dev/v0.3/services/ec2.ts?actions=CreateVpc,DescribeVpcs,DeleteVpc,NoSuchAction';

const ec2 = new ApiFactory().makeNew(EC2);
const { Vpcs } = await ec2.describeVpcs({ Filters: [{ Name: 'cidr', Values: ['10.99.0.0/16'] }] });
const { Vpc: made } = await ec2.createVpc({
  CidrBlock: '10.99.0.0/16',
  TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'Name', Value: 'drop-in' }] }],
});
const found: Vpc[] = await ec2.describeVpcs({ VpcIds: [made!.VpcId!] }).then((answer) => answer.Vpcs);
const name = found.flatMap(({ Tags }) => Tags).find(({ Key }) => Key === 'Name')?.Value;
await ec2.deleteVpc({ VpcId: made!.VpcId! });
console.log(JSON.stringify([Vpcs.length, found[0]?.State, name]));
