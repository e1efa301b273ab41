/** The Scala version that PyPI's Spark of this version is built with; the connector must match. */
export function scalaOf(sparkVersion: string): string {
  return sparkVersion.startsWith('3.') ? '2.12' : '2.13';
}

/** The Kafka connector of a Spark version, as `--packages` takes it. */
export function connectorOf(sparkVersion: string, scala = scalaOf(sparkVersion)): string {
  return `org.apache.spark:spark-sql-kafka-0-10_${scala}:${sparkVersion}`;
}
