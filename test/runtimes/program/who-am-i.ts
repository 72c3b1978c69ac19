import { ApiFactory } from 'http://localhost:8484/v0.4/client/mod.ts';
import { STS } from 'http://localhost:8484/v0.4/services/sts.ts?actions=GetCallerIdentity';

const { Arn } = await new ApiFactory().makeNew(STS).getCallerIdentity();
console.log(Arn);
