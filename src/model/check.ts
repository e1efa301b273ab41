/** One line of `doctor`. */
export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'problem';
  readonly finding: string;
  /** The command to type. */
  readonly fix?: string;
}
