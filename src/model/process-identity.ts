/** Identifies a process, even if its pid is reused later. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own format; only compared for equality. */
  readonly startedAt: string;
}
