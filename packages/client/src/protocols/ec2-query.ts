export { ec2QueryClient as ec2Query } from '@latchkey/wire/ec2-query/client';
