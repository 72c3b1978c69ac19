import { readAccountsWithRoles } from '../access/accounts-of-user.ts';
import { renderAwsConfigByAccount } from '../aws-config/aws-config.ts';
import type { ServedResponse } from '../http/route.ts';
import { securityHeaders } from './security-headers.ts';
import { seeOther, signInFirst, type Visit } from './visit.ts';

/**
 * Answers with the configuration of the AWS CLI for all accounts and roles of the person, as `latchkey aws-config --user`
 * prints it. It is made account by account, as fast as it is read.
 */
export async function downloadAwsConfig({ context, signedIn }: Visit): Promise<ServedResponse> {
  if (signedIn === undefined) return signInFirst('/');
  const { user } = signedIn.session;
  const [first] = await context.directory.listAccounts(user.id, { limit: 1 });
  if (first === undefined) return seeOther('/');
  return {
    status: 200,
    headers: {
      ...securityHeaders(),
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'attachment; filename="latchkey-aws-config.txt"',
    },
    body: '',
    rest: renderAwsConfigByAccount(context, readAccountsWithRoles(context.directory, user.id)),
  };
}
