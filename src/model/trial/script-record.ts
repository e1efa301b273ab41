/** Something that a script asks of PySpark, and what it got in its place. */
export interface AskedSetting {
  /** `source.maxOffsetsPerTrigger`, `trigger.processingTime`, `spark.master`, `checkpointLocation`, … */
  readonly key: string;
  /** Null if the script says nothing about it. */
  readonly asked: string | null;
  /** Null if what it asks for was left out. */
  readonly given: string | null;
  /** `job.py:14`; null if the script does not ask, or the place is unknown. */
  readonly where: string | null;
}

/** What was found out about somebody's own job while it ran: by the launcher, or from its event log. */
export interface ScriptRecord {
  /** Of a jar: what the experiment asks, beside what the session ran with. Of a script if absent. */
  readonly of?: 'jar';
  readonly settings: readonly AskedSetting[];
  /** The programs that it started. */
  readonly children: readonly string[];
  /** The last error of PySpark in the script, even if the script caught it. */
  readonly raised: string | null;
  /** It ended while its query ran, before a batch was done. */
  readonly endedEarly: boolean;
}
