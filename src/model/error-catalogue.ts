/** Exit codes, by what ended the program. */
export const exitCodes = {
  ok: 0,
  failedTrials: 1,
  usage: 2,
  environment: 3,
  internal: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * Every error that streamtune can end with: its code, exit code and meaning. `docs/errors.md` is generated from it; a
 * test keeps the two in sync.
 */
export const errorCatalogue = {
  USAGE: { exitCode: 2, meaning: 'The command line is not valid.' },
  EXPERIMENT_UNREADABLE: { exitCode: 2, meaning: 'The experiment file cannot be read.' },
  EXPERIMENT_INVALID: {
    exitCode: 2,
    meaning: 'The experiment file breaks a rule of its schema, or lint found an error in it.',
  },
  SCRIPT_INVALID: {
    exitCode: 2,
    meaning:
      'The script of an experiment cannot run: its syntax, or a module that is not installed.',
  },
  SESSION_UNFIT: {
    exitCode: 2,
    meaning:
      'The script of an experiment with `executor: session` cannot share a driver with other trials.',
  },
  JAR_INVALID: {
    exitCode: 2,
    meaning: 'The jar of an experiment cannot run: it is no jar, or lacks its main class.',
  },
  CONFIGURATION_UNKNOWN: {
    exitCode: 2,
    meaning: 'No configuration of the experiment has that name.',
  },
  SECRET_MISSING: { exitCode: 3, meaning: 'A password that the experiment refers to is missing.' },
  DATA_UNREADABLE: { exitCode: 2, meaning: 'A data file cannot be read.' },
  DATA_INVALID: {
    exitCode: 2,
    meaning:
      'A data file holds no record, or one that the shipped job cannot read, or that is not UTF-8.',
  },
  DATA_COMMAND_FAILED: {
    exitCode: 2,
    meaning: 'The program that makes the records of an experiment failed, or made too few.',
  },
  LOG_UNREADABLE: { exitCode: 2, meaning: 'A log cannot be read.' },
  LOG_AMBIGUOUS: { exitCode: 2, meaning: 'A folder holds the logs of several applications.' },
  LOG_WITHOUT_PROGRESS: { exitCode: 2, meaning: 'A log tells of no batch of a streaming query.' },
  RUN_NOT_FOUND: { exitCode: 2, meaning: 'There is no run with that name.' },
  RUN_FOLDER_INVALID: { exitCode: 2, meaning: 'The folder is not a run folder.' },
  RUN_CHANGED: {
    exitCode: 2,
    meaning: 'Something that a run depends on has changed since it started.',
  },
  NOT_COMPARABLE: {
    exitCode: 2,
    meaning: 'Two results share nothing, or differ in what makes their rates comparable.',
  },
  JOURNAL_CORRUPT: { exitCode: 3, meaning: 'The journal of a run is damaged.' },
  RUN_DAMAGED: {
    exitCode: 3,
    meaning: 'A file of a run is missing, or is not as the run wrote it.',
  },
  RUN_FOLDER_GONE: { exitCode: 3, meaning: 'The run folder was removed during the run.' },
  RUN_IN_USE: { exitCode: 3, meaning: 'Another process is using the run folder.' },
  BASELINE_BROKEN: { exitCode: 1, meaning: 'The baseline fails, so nothing can be compared.' },
  JAVA_TOO_OLD: { exitCode: 3, meaning: 'The Java on this machine is too old.' },
  JAVA_TOO_NEW: { exitCode: 3, meaning: 'The Java on this machine is newer than Spark runs on.' },
  JAVA_MISSING: { exitCode: 3, meaning: 'There is no Java, and none can be installed.' },
  PYTHON_MISSING: { exitCode: 3, meaning: 'There is no Python that this Spark supports.' },
  VENV_MISSING: { exitCode: 3, meaning: 'Python lacks the module venv (Debian: python3-venv).' },
  SPARK_HOME_INVALID: {
    exitCode: 3,
    meaning: 'SPARK_HOME, or spark.home, does not hold a usable Spark.',
  },
  INSTALL_FAILED: { exitCode: 3, meaning: 'Installing a part of the toolchain failed.' },
  CACHE_UNUSABLE: { exitCode: 3, meaning: 'The cache folder cannot be used.' },
  LOCK_UNUSABLE: { exitCode: 3, meaning: 'What lies in the place of a lock file is not one.' },
  LOCK_TIMEOUT: { exitCode: 3, meaning: 'Another process held a lock for too long.' },
  PORT_IN_USE: { exitCode: 3, meaning: 'The requested port is already in use.' },
  BROKER_NOT_READY: { exitCode: 3, meaning: 'The embedded Kafka broker did not become ready.' },
  BROKER_ENDED: { exitCode: 3, meaning: 'The embedded Kafka broker stopped while it was needed.' },
  BROKER_RUNNING: { exitCode: 3, meaning: 'The broker of `kafka up` is already running.' },
  BROKER_STATE_INVALID: {
    exitCode: 3,
    meaning: 'What is known of the broker of `kafka up` is damaged.',
  },
  BROKER_UNREACHABLE: { exitCode: 3, meaning: 'A Kafka broker does not respond.' },
  BROKER_REFUSED: { exitCode: 3, meaning: 'A Kafka broker responds, but rejects the request.' },
  BROKER_LOGIN: {
    exitCode: 3,
    meaning:
      'A Kafka broker responds, but it does not accept the login, or its certificate is not accepted.',
  },
  CLUSTER_RUNNING: { exitCode: 3, meaning: 'The cluster of `cluster up` is already running.' },
  CLUSTER_NOT_READY: {
    exitCode: 3,
    meaning: 'The cluster of `cluster up` did not become ready.',
  },
  CLUSTER_UNREACHABLE: {
    exitCode: 3,
    meaning: 'The master of a Spark cluster, or YARN, does not respond.',
  },
  SHARED_FOLDER_UNUSABLE: {
    exitCode: 3,
    meaning: 'The executors of a cluster have no folder for checkpoints that can be used.',
  },
  CLUSTER_OTHER_SPARK: {
    exitCode: 3,
    meaning: 'A Spark cluster runs another version of Spark than the driver would.',
  },
  CLUSTER_TOO_SMALL: {
    exitCode: 3,
    meaning: 'No worker of a Spark cluster can hold one executor of a configuration.',
  },
  TOPIC_CONFLICT: { exitCode: 3, meaning: 'A topic exists with another shape or content.' },
  TOPIC_MISSING: { exitCode: 3, meaning: 'A topic does not exist.' },
  TOPIC_EMPTY: { exitCode: 3, meaning: 'The topic that an experiment reads holds no record.' },
  TOPIC_RECORDS_GONE: {
    exitCode: 3,
    meaning: 'Records that the trials of a run read are no longer in their topic.',
  },
  RESULTS_UNWRITABLE: {
    exitCode: 3,
    meaning: 'The results folder, or a file for the results, cannot be written.',
  },
  OUTPUT_LOST: { exitCode: 3, meaning: 'Output that was asked for could not be written in full.' },
  DISK_FULL: { exitCode: 3, meaning: 'There is no space left on the disk.' },
  WAIT_TIMEOUT: { exitCode: 3, meaning: 'Timed out waiting for something.' },
  INTERRUPTED: { exitCode: 130, meaning: 'The user or the system interrupted streamtune.' },
  INTERNAL: { exitCode: 70, meaning: 'A bug in streamtune.' },
} as const satisfies Record<string, { exitCode: ExitCode; meaning: string }>;

export type ErrorCode = keyof typeof errorCatalogue;
