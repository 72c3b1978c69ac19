export {
  awsJson1_0Client as awsJson1_0,
  awsJson1_1Client as awsJson1_1,
} from '@latchkey/wire/aws-json/client';
