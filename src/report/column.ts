/** A column of a table. */
export interface Column {
  readonly label: string;
  readonly align: 'left' | 'right';
}

/** A column of a table that is made row by row. */
export interface CellColumn<Row> extends Column {
  readonly cell: (row: Row) => string;
  /** On a narrow terminal, the columns with the highest numbers go first; those without one stay. */
  readonly leaves?: number;
}
