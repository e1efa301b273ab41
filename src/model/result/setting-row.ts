/**
 * How what a trial ran with compares with its script. match: the script asks for the same. differs: it asks for something
 * else. absent: it says nothing. not captured: it never got to the call where it could.
 */
export type SettingWord = 'match' | 'differs' | 'absent' | 'not captured';

/** One setting over all trials of a run. */
export interface SettingRow {
  readonly key: string;
  /** What the script asks for; several values if its queries differ. */
  readonly script: readonly string[];
  /** `job.py:14` */
  readonly where: readonly string[];
  /** Empty if it was left out. */
  readonly ranWith: readonly string[];
  readonly words: readonly SettingWord[];
}
