/** A column of a table. */
export interface Column {
  readonly label: string;
  readonly align: 'left' | 'right';
}
