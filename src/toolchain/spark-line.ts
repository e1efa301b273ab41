/** What the Spark versions of one line run on. */
export interface SparkLine {
  readonly name: string;
  /** Major version; the oldest is the same for all lines. */
  readonly newestJava: number;
  /** The Java versions named in the line's documentation. */
  readonly javaText: string;
  /** Minor versions of Python 3, both inclusive. */
  readonly python: readonly [oldest: number, newest: number];
}

/** Kafka 4 and Spark 4 both need Java 17 or newer. */
export const oldestJava = 17;

/**
 * Java: the "Downloading" page of each line. 4.0 and 4.1 stop before 24, which no longer has a security manager (JEP
 * 486), because their Hadoop still asks for it. 4.2 was run on 17 and on 25; 4.3 is assumed to be the same.
 * Python: that page, and from 4.2 on the package's own metadata.
 */
const lines = [
  { name: '3.5', newestJava: 17, javaText: 'Java 17', python: [8, 11] },
  { name: '4.0', newestJava: 23, javaText: 'Java 17 or 21', python: [9, 13] },
  { name: '4.1', newestJava: 23, javaText: 'Java 17 or 21', python: [10, 14] },
  { name: '4.2', newestJava: 25, javaText: 'Java 17, 21 or 25', python: [10, 14] },
  { name: '4.3', newestJava: 25, javaText: 'Java 17, 21 or 25', python: [11, 14] },
] as const satisfies readonly SparkLine[];

/** What an exact Spark version runs on; an unknown newer line accepts at least what the newest known one does. */
export function sparkLine(sparkVersion: string): SparkLine {
  const known = lines.find(({ name }) => sparkVersion.startsWith(`${name}.`));
  if (known !== undefined) return known;
  return sparkVersion.startsWith('3.') ? lines[0] : { ...lines[4], python: [11, Infinity] };
}
