/** What the Sparks of one line run on. */
export interface SparkLine {
  readonly name: string;
  /** Major version; the oldest is the same for all. */
  readonly newestJava: number;
  /** The Javas that the line's documents name. */
  readonly javaText: string;
  /** Minor versions of Python 3, both of which are taken. */
  readonly python: readonly [oldest: number, newest: number];
}

/** Kafka 4 and Spark 4 both need Java 17 or newer. */
export const oldestJava = 17;

/**
 * Java: the "Downloading" page of each line. 4.0 and 4.1 stop before 24, which has no security manager any more
 * (JEP 486), as their Hadoop still asks for it. 4.2 was run on 17 and on 25; 4.3 is taken to be like it.
 * Python: that page, and from 4.2 on what the package says of itself.
 */
const lines = [
  { name: '3.5', newestJava: 17, javaText: 'Java 17', python: [8, 11] },
  { name: '4.0', newestJava: 23, javaText: 'Java 17 or 21', python: [9, 13] },
  { name: '4.1', newestJava: 23, javaText: 'Java 17 or 21', python: [10, 14] },
  { name: '4.2', newestJava: 25, javaText: 'Java 17, 21 or 25', python: [10, 14] },
  { name: '4.3', newestJava: 25, javaText: 'Java 17, 21 or 25', python: [11, 14] },
] as const satisfies readonly SparkLine[];

/** What a Spark of this exact version runs on; a line that is not known yet takes no less than the newest that is. */
export function sparkLine(sparkVersion: string): SparkLine {
  const known = lines.find(({ name }) => sparkVersion.startsWith(`${name}.`));
  if (known !== undefined) return known;
  return sparkVersion.startsWith('3.') ? lines[0] : { ...lines[4], python: [11, Infinity] };
}
