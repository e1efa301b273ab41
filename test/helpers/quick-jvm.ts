/**
 * Compiles only once (C1). In the twenty seconds that the JVM of a test lives, the second compiler takes more of the two
 * cores than its code gives back. Never where a figure is measured.
 */
export const quickJvm = { 'spark.driver.extraJavaOptions': '-XX:TieredStopAtLevel=1' } as const;

/** The same as a line of an experiment's `knobs`. */
export const quickJvmLine = Object.entries(quickJvm)
  .map(([key, level]) => `  ${key}: ${level}`)
  .join('\n');
