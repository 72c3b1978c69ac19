import { parse } from 'libpg-query';

/**
 * What statements of the PostgreSQL store are made of. Engines that speak PostgreSQL's protocol and are distributed
 * (CockroachDB, YugabyteDB, Aurora DSQL) leave much of PostgreSQL out: sequences, triggers, advisory locks, `LISTEN`, temporary
 * tables, `DO`. So a statement may have what is listed here, and nothing else; add to a list only what all of them document.
 */
const nodes = new Set([
  ...[
    'SelectStmt',
    'InsertStmt',
    'UpdateStmt',
    'DeleteStmt',
    'CreateStmt',
    'IndexStmt',
    'AlterTableStmt',
    'DropStmt',
  ],
  ...['TransactionStmt', 'VariableSetStmt', 'VariableShowStmt'],
  ...[
    'RangeVar',
    'RangeFunction',
    'RangeSubselect',
    'JoinExpr',
    'ResTarget',
    'ColumnRef',
    'A_Star',
    'ParamRef',
    'A_Const',
  ],
  ...[
    'A_Expr',
    'BoolExpr',
    'NullTest',
    'BooleanTest',
    'CaseExpr',
    'CaseWhen',
    'CoalesceExpr',
    'MinMaxExpr',
    'SubLink',
    'TypeCast',
  ],
  ...[
    'FuncCall',
    'TypeName',
    'String',
    'Integer',
    'List',
    'RowExpr',
    'SortBy',
    'WindowDef',
    'LockingClause',
    'CommonTableExpr',
  ],
  ...[
    'ColumnDef',
    'Constraint',
    'IndexElem',
    'DefElem',
    'CollateClause',
    'AlterTableCmd',
    'DistinctClause',
    'A_ArrayExpr',
  ],
]);
const functions = new Set([
  ...['unnest', 'count', 'max', 'min', 'sum', 'length', 'octet_length', 'lower', 'substr', 'row_number'],
  ...[
    'json_agg',
    'json_build_array',
    'json_array_elements_text',
    'decode',
    'encode',
    'replace',
    'strpos',
    'starts_with',
  ],
  ...['clock_timestamp', 'extract'],
]);
const types = new Set(['int4', 'int8', 'text', 'bytea', 'uuid', 'bool', 'json', 'jsonb']);
const settings = new Set([
  ...['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'plan_cache_mode'],
  ...[
    'client_min_messages',
    'default_transaction_isolation',
    'transaction_read_only',
    'transaction_isolation',
  ],
]);
const constraints = new Set([
  ...[
    'CONSTR_NULL',
    'CONSTR_NOTNULL',
    'CONSTR_DEFAULT',
    'CONSTR_CHECK',
    'CONSTR_PRIMARY',
    'CONSTR_UNIQUE',
    'CONSTR_FOREIGN',
  ],
]);
/** Columns that say where a row lies, or who wrote it. */
const SYSTEM_COLUMNS = new Set(['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid', 'oid']);

type Node = Readonly<Record<string, unknown>>;

/** Finds what other engines do not take in SQL. @returns each of them, in words */
export async function findUnportable(sql: string): Promise<readonly string[]> {
  const { stmts = [] } = await parse(sql);
  const found: string[] = [];
  walk(stmts, (name, node) => {
    const fault = faultOf(name, node);
    if (fault !== undefined) found.push(fault);
  });
  return found;
}

function faultOf(name: string, node: Node): string | undefined {
  if (!nodes.has(name)) return `${name} is not among what statements may have`;
  switch (name) {
    case 'FuncCall':
      return unlisted('the function', lastName(node['funcname']), functions);
    case 'TypeName':
      return unlisted('the type', lastName(node['names']), types);
    case 'VariableSetStmt':
    case 'VariableShowStmt':
      return unlisted('the setting', String(node['name']), settings);
    case 'Constraint':
      return unlisted('the constraint', String(node['contype']), constraints);
    case 'RangeVar':
      return node['relpersistence'] === 'p' ? undefined : 'a table that is temporary or unlogged';
    case 'ColumnRef':
      return SYSTEM_COLUMNS.has(lastName(node['fields']))
        ? `the column ${lastName(node['fields'])} of the system`
        : undefined;
    case 'CreateStmt':
      return ['inhRelations', 'partspec', 'partbound', 'tablespacename'].find(
        (each) => node[each] !== undefined,
      );
    case 'IndexStmt':
      return node['accessMethod'] === 'btree' ? undefined : `an index by ${node['accessMethod']}`;
    case 'LockingClause':
      return node['strength'] === 'LCS_FORUPDATE' ? undefined : `the lock ${node['strength']}`;
    default:
      return undefined;
  }
}

function unlisted(what: string, name: string, list: ReadonlySet<string>): string | undefined {
  return list.has(name) ? undefined : `${what} ${name} is not among those that statements may have`;
}

function lastName(names: unknown): string {
  const last = (names as { readonly String?: { readonly sval?: string } }[]).at(-1);
  return last?.String?.sval ?? '';
}

/** Nodes are objects with one member, named after the kind of the node; others are named by the member that they are in. */
function walk(value: unknown, visit: (name: string, node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const each of value) walk(each, visit);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      const kind = kindOf(name);
      if (kind !== undefined && isNode(member)) visit(kind, member);
      walk(member, visit);
    }
  }
}

/** Members whose node is written without its name. */
const unnamed: Readonly<Record<string, string>> = {
  ...{
    relation: 'RangeVar',
    typeName: 'TypeName',
    larg: 'SelectStmt',
    rarg: 'SelectStmt',
    pktable: 'RangeVar',
    intoClause: 'IntoClause',
  },
};

function kindOf(name: string): string | undefined {
  return unnamed[name] ?? (/^A_|^[A-Z][a-z]/.test(name) ? name : undefined);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
