/** Everything outside Node that a run needs, found or installed; all paths are absolute. */
export interface Toolchain {
  readonly java: JavaInstallation;
  readonly python: PythonInstallation;
  readonly spark: SparkInstallation;
  readonly kafka: KafkaInstallation;
  /** Messages for people about choices made for them, for example a Java from PyPI. */
  readonly notes: readonly string[];
}

export interface JavaInstallation {
  /** The folder that contains bin/java. */
  readonly home: string;
  readonly executable: string;
  readonly version: string;
  readonly major: number;
  readonly source: 'JAVA_HOME' | 'PATH' | 'PyPI';
}

export interface PythonInstallation {
  /** The interpreter that runs driver and workers. */
  readonly executable: string;
  readonly version: string;
}

/** Where a Spark comes from: named by the environment or by the experiment file, or installed into the cache. */
export type SparkSource = 'SPARK_HOME' | 'spark.home' | 'PyPI';

interface SparkInstallation {
  readonly home: string;
  readonly version: string;
  readonly source: SparkSource;
  /** 2.12 or 2.13. */
  readonly scala: string;
  /** The Kafka connector's jars, for `--jars`; empty where the Spark brings its own. */
  readonly connectorJars: readonly string[];
}

export interface KafkaInstallation {
  readonly version: string;
  /** Class path entries, one of which may end in `/*`. */
  readonly classPath: readonly string[];
}
