import { expect } from 'chai';
import { failureText } from '../../../src/report/words/outcome/failure-text.js';
import { classifyFailure } from '../../../src/spark/classify-failure.js';

type Evidence = Parameters<typeof classifyFailure>[0];

const nothing: Evidence = {
  exitCode: 1,
  endedBySignal: null,
  startError: null,
  exception: null,
  stdout: '',
  stderr: '',
};

/** What Spark 4.0.0 and 3.5.7 really wrote, shortened to the lines that matter; those of YARN are in the code of 4.2.0. */
const cases: readonly {
  readonly name: string;
  readonly evidence: Partial<Evidence>;
  readonly failureClass: string;
  readonly reason: string;
}[] = [
  {
    name: 'a Java exception below py4j in the traceback, which goes to standard output',
    evidence: {
      stdout: `before
Traceback (most recent call last):
  File "data_stream.py", line 2, in <module>
py4j.protocol.Py4JJavaError: An error occurred while calling None.org.apache.spark.api.java.JavaSparkContext.
: org.apache.spark.SparkIllegalArgumentException: [INVALID_DRIVER_MEMORY] System memory 67108864 must be at least 471859200.
\tat org.apache.spark.memory.UnifiedMemoryManager$.getMaxMemory(UnifiedMemoryManager.scala:226)
`,
      stderr: '07:47 WARN something else\n',
    },
    failureClass: 'invalid-value',
    reason:
      'org.apache.spark.SparkIllegalArgumentException: [INVALID_DRIVER_MEMORY] System memory 67108864 must be at least 471859200.',
  },
  {
    name: 'an exception of spark-submit itself',
    evidence: {
      stderr: `Exception in thread "main" org.apache.spark.SparkException: Master must either be yarn or start with spark, k8s, or local
\tat org.apache.spark.deploy.SparkSubmit.error(SparkSubmit.scala:1045)
`,
    },
    failureClass: 'invalid-value',
    reason:
      'org.apache.spark.SparkException: Master must either be yarn or start with spark, k8s, or local',
  },
  {
    name: 'an application that somebody has killed on YARN',
    evidence: {
      stderr:
        '14:41:51 ERROR YarnClientSchedulerBackend: YARN application has exited unexpectedly with state KILLED! Check the YARN application logs for more details.\n',
    },
    failureClass: 'killed',
    reason:
      '14:41:51 ERROR YarnClientSchedulerBackend: YARN application has exited unexpectedly with state KILLED! Check the YARN application logs for more details.',
  },
  {
    name: 'an application that YARN could not begin with',
    evidence: {
      stderr:
        'org.apache.spark.SparkException: The YARN application has already ended! It might have been killed or the Application Master may have failed to start. Check the YARN application logs for more details.\n',
    },
    failureClass: 'executors-failed',
    reason:
      'org.apache.spark.SparkException: The YARN application has already ended! It might have been killed or the Application Master may have failed to start. Check the YARN application logs for more details.',
  },
  {
    name: 'the innermost of several causes',
    evidence: {
      exception: `Job aborted due to stage failure: Task 0 in stage 1.0 failed 1 times
Caused by: java.lang.RuntimeException: outer
Caused by: java.lang.OutOfMemoryError: Java heap space`,
    },
    failureClass: 'driver-out-of-memory',
    reason: 'java.lang.OutOfMemoryError: Java heap space',
  },
  {
    name: 'an exception of Python',
    evidence: {
      stdout: `Traceback (most recent call last):
  File "data_stream.py", line 9, in <module>
pyspark.errors.exceptions.captured.AnalysisException: [UNRESOLVED_COLUMN] no such column
`,
    },
    failureClass: 'analysis-exception',
    reason:
      'pyspark.errors.exceptions.captured.AnalysisException: [UNRESOLVED_COLUMN] no such column',
  },
  {
    name: 'a full disk',
    evidence: { stderr: 'java.io.IOException: No space left on device\n' },
    failureClass: 'disk-full',
    reason: 'java.io.IOException: No space left on device',
  },
  {
    name: 'a JVM that is out of memory, and says so on standard output only',
    evidence: {
      exitCode: 3,
      stdout: 'Terminating due to java.lang.OutOfMemoryError: Java heap space\n',
      stderr: '14:58:10 WARN MicroBatchExecution: Disabling AQE\n',
    },
    failureClass: 'driver-out-of-memory',
    reason: 'java.lang.OutOfMemoryError: Java heap space',
  },
  {
    name: 'a kill from outside',
    evidence: { exitCode: null, endedBySignal: 'SIGKILL' },
    failureClass: 'killed',
    reason: 'killed from outside (SIGKILL)',
  },
  {
    name: 'a kill by the kernel',
    evidence: { exitCode: null, endedBySignal: 'SIGKILL', outOfMemory: true },
    failureClass: 'driver-out-of-memory',
    reason: 'killed by the kernel: out of memory',
  },
  {
    name: 'a kill of the Python that runs the job',
    evidence: {
      exitCode: 137,
      stderr: 'org.apache.spark.SparkUserAppException: User application exited with 137\n',
    },
    failureClass: 'killed',
    reason: 'org.apache.spark.SparkUserAppException: User application exited with 137',
  },
  {
    name: 'a program that cannot be started',
    evidence: { startError: 'spawn spark-submit ENOENT' },
    failureClass: 'unknown',
    reason: 'spawn spark-submit ENOENT',
  },
  { name: 'no word at all', evidence: {}, failureClass: 'unknown', reason: 'exit code 1' },
];

describe('classifyFailure', () => {
  for (const { name, evidence, failureClass, reason } of cases) {
    it(`finds class and reason of ${name}`, () => {
      const outcome = classifyFailure({ ...nothing, ...evidence });
      expect(outcome).to.include({ kind: 'failed', failureClass });
      expect(failureText(outcome.cause)).to.equal(reason);
    });
  }

  it('keeps the last lines without the stack frames', () => {
    const frames = Array.from(
      { length: 40 },
      (_, i) => `\tat org.apache.Class.method(File.scala:${String(i)})`,
    );
    const { stderrTail } = classifyFailure({
      ...nothing,
      stderr: ['what happened', ...frames, '\t... 12 more', 'the end'].join('\n'),
    });
    expect(stderrTail).to.deep.equal(['what happened', 'the end']);
  });
});
