/** One line of `doctor`. */
export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'problem';
  readonly finding: string;
  /** The command that fixes it. */
  readonly fix?: string;
}
