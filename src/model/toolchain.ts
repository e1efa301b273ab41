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

interface SparkInstallation {
  readonly home: string;
  readonly version: string;
  readonly source: 'SPARK_HOME' | 'PyPI';
  /** The Kafka connector's jars, for `--jars`. */
  readonly connectorJars: readonly string[];
}

export interface KafkaInstallation {
  readonly version: string;
  /** Class path entries, one of which may end in `/*`. */
  readonly classPath: readonly string[];
}
