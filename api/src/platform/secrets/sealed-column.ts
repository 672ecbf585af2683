/** A column that holds sealed values, as the rotation of APP_SECRET has to know it. */
export interface SealedColumn {
  table: string;
  column: string;
  /** The columns that name a row. */
  key: readonly string[];
  /** What the value of a row is sealed about: see SecretBox. */
  about: (row: Record<string, string>) => string;
}
