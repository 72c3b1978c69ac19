/** Raised when the tables change, or what is put into them; a file of another number is made anew. */
export const LAYOUT = 3;

/** The tables of a search index, in the SQL of SQLite. */
export const tables = `
  CREATE TABLE service (
    id INTEGER PRIMARY KEY,
    module TEXT NOT NULL UNIQUE,
    class TEXT NOT NULL,
    title TEXT NOT NULL,
    other_names TEXT NOT NULL,
    rank INTEGER NOT NULL,
    -- What it was made from: hashes of its names and its model, and the path of that.
    source TEXT NOT NULL
  );
  CREATE TABLE entry (
    -- Rises with kind, then with the rank of the service: rows are read best first.
    id INTEGER PRIMARY KEY,
    service INTEGER NOT NULL REFERENCES service (id),
    key TEXT NOT NULL,
    symbol TEXT NOT NULL,
    member TEXT,
    summary TEXT NOT NULL
  );
  CREATE INDEX entry_key ON entry (key);
  CREATE INDEX entry_service ON entry (service);
  -- Words that names have, for the correction of mistyped ones. Those of services that are gone stay until the next layout.
  CREATE TABLE term (term TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE INDEX term_length ON term (length(term));
  -- One row an entry in each, with the same id. The words themselves are not kept.
  CREATE VIRTUAL TABLE names USING fts5 (
    name, context, content = '', contentless_delete = 1, detail = column, prefix = '1 2 3 4 5', tokenize = 'unicode61'
  );
  CREATE VIRTUAL TABLE texts USING fts5 (
    text, content = '', contentless_delete = 1, detail = none, tokenize = 'porter unicode61'
  );
  -- One row an operation, with the id of its entry: the names in its input and its output.
  CREATE VIRTUAL TABLE signatures USING fts5 (
    input, input_type, input_within, output, output_type, output_within, service,
    content = '', contentless_delete = 1, detail = column, tokenize = 'unicode61'
  );
  CREATE TABLE signature_term (term TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE INDEX signature_term_length ON signature_term (length(term));
  PRAGMA user_version = ${LAYOUT};
`;
