/** The schema, one numbered step per file; carried inside the bundle so that both shells have it. */
export type Migration = { readonly version: number; readonly name: string; readonly sql: string };

const files = import.meta.glob<string>('./migrations/*.sql', {
  query: '?raw',
  eager: true,
  import: 'default',
});

export const migrations: readonly Migration[] = Object.entries(files)
  .map(([path, sql]) => toMigration(path, sql))
  .toSorted((a, b) => a.version - b.version);

function toMigration(path: string, sql: string): Migration {
  const match = /(\d{4})_([a-z0-9-]+)\.sql$/.exec(path);
  if (!match) throw new Error(`Migration file name is not NNNN_name.sql: ${path}`);
  return { version: Number(match[1]), name: match[2] ?? '', sql };
}
