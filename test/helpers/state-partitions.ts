/**
 * A recorded progress line of Spark 4.2 as it would be with so many state partitions: each has a key of its own among
 * the `customMetrics` (with spark.sql.streaming.stateStore.numStateStoreInstanceMetricsToReport at its default of 5,
 * Spark sends those of the five that lag most).
 */
export function withStatePartitions(line: string, count: number): string {
  const recorded = /(?:"SnapshotLastUploaded\.partition_\d+_default":-?\d+,?)+/;
  if (!recorded.test(line)) throw new Error('the line has no key of a state partition');
  const keys = Array.from(
    { length: count },
    (_, partition) => `"SnapshotLastUploaded.partition_${String(partition)}_default":-1`,
  );
  return line.replace(recorded, `${keys.join(',')},`);
}
