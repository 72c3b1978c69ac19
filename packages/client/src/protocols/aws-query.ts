export { awsQueryClient as awsQuery } from '@latchkey/wire/aws-query/client';
