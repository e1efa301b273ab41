import type { FailureCause, FailureClass, Outcome } from '../model/trial/outcome.js';

interface FailureEvidence {
  readonly exitCode: number | null;
  readonly endedBySignal: string | null;
  /** The kernel killed a process during the trial because memory ran out. */
  readonly outOfMemory?: boolean;
  readonly startError: string | null;
  /** The exception of the QueryTerminated event. */
  readonly exception: string | null;
  /** The last part of both streams. spark-submit sends a job's Python traceback to standard output. */
  readonly stdout: string;
  readonly stderr: string;
}

const patterns: readonly (readonly [FailureClass, RegExp])[] = [
  ['disk-full', /No space left on device/],
  // Of a task that ran in an executor; in local mode, that is the driver.
  ['executor-out-of-memory', /\(\S+ executor (?!driver\b)\S+\): java\.lang\.OutOfMemoryError/],
  [
    'driver-out-of-memory',
    /java\.lang\.OutOfMemoryError|GC overhead limit exceeded|insufficient memory for the Java Runtime/,
  ],
  ['executor-out-of-memory', /ExecutorLostFailure.*(?:OOM|memory|code 52\b)|exit code 137/i],
  ['cluster-gone', /All masters are unresponsive/],
  [
    'killed',
    /YARN application has exited unexpectedly with state KILLED|Application application_\d+_\d+ is killed|State of driver \S+ is KILLED/,
  ],
  [
    'executors-failed',
    /Master removed our application|YARN application has (?:exited unexpectedly|already ended)/,
  ],
  ['executors-lost', /Job aborted due to stage failure.*ExecutorLostFailure/],
  [
    'wrong-scala',
    /(?:NoSuchMethodError|NoSuchFieldError|NoClassDefFoundError|AbstractMethodError|IncompatibleClassChangeError|BootstrapMethodError)\b.*\bscala[./]/,
  ],
  [
    'class-missing',
    /^Error: Failed to load class|ClassNotFoundException(?! - Failed to find data source)|NoClassDefFoundError|NoSuchMethodException: .*\.main\(/m,
  ],
  ['analysis-exception', /AnalysisException/],
  [
    'source-failure',
    /KafkaException|UnknownTopicOrPartition|org\.apache\.kafka\.common\.errors|data may have been lost|OffsetOutOfRange/i,
  ],
  [
    'invalid-value',
    /IllegalArgumentException|NumberFormatException|to unknown queue: |Invalid (?:initial|maximum) heap|Could not parse Master URL|Master must either be|INVALID_CONF|System memory .* must be at least/,
  ],
  ['task-failure', /Job aborted due to stage failure|PythonException|TASK_FAILED/],
  ['module-missing', /^(ModuleNotFoundError|ImportError): /m],
  ['script-error', /^[A-Z]\w*(?:Error|Exception)(?:: .*)?$/m],
];

/** Caused by the machine or the broker rather than the configuration. */
const infrastructure: ReadonlySet<FailureClass> = new Set([
  'source-failure',
  'disk-full',
  'killed',
  'cluster-gone',
  'executors-lost',
]);

/** Classifies a trial that did not succeed, from what it left behind. */
export function classifyFailure(evidence: FailureEvidence): Extract<Outcome, { kind: 'failed' }> {
  const traceback = evidence.stdout.lastIndexOf('Traceback (most recent call last)');
  const ownWords = traceback < 0 ? evidence.stderr : evidence.stdout.slice(traceback);
  const printed = [ownWords, ...lastWordsOfJvm(evidence.stdout)].join('\n');
  const text = `${evidence.exception ?? ''}\n${printed}\n${evidence.stderr}\n${evidence.startError ?? ''}`;
  const found = patterns.find(([, pattern]) => pattern.test(text))?.[0];
  const failureClass = found ?? (wasKilled(evidence) ? classOfKill(evidence) : 'unknown');
  const lines = linesOf(printed).filter((line) => line.trim() !== '' && !isStackFrame(line));
  return {
    kind: 'failed',
    failureClass,
    cause: causeOf(evidence, lines),
    stderrTail: lines.slice(-12).map((line) => line.slice(0, 400)),
    ...(infrastructure.has(failureClass) ? { infrastructure: true } : {}),
  };
}

/** A JVM with `-XX:+ExitOnOutOfMemoryError` says on standard output why it exits, and nothing anywhere else. */
function lastWordsOfJvm(stdout: string): readonly string[] {
  return stdout.match(/^Terminating due to (java\.lang\.OutOfMemoryError.*)/m)?.slice(1) ?? [];
}

/** The JVM was killed, or the job's Python, which the JVM reports as exit code 128 + 9. */
function wasKilled({ endedBySignal, exitCode }: FailureEvidence): boolean {
  return endedBySignal === 'SIGKILL' || exitCode === 137;
}

function classOfKill({ outOfMemory = false }: FailureEvidence): FailureClass {
  return outOfMemory ? 'driver-out-of-memory' : 'killed';
}

/** A longer line says nothing more, and could keep the patterns below busy for minutes. */
const longestLine = 1_000;

function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.slice(0, longestLine));
}

/** Stack frames say little to people and crowd out the cause; the logs keep them. */
function isStackFrame(line: string): boolean {
  return /^\s+at [\w.$/<>]+|^\s+\.\.\. \d+ more/.test(line);
}

/** Ways an exception is printed, innermost first; the exception is the captured group. */
const forms: readonly RegExp[] = [
  /^Caused by: (.+)/,
  /^: ([\w.$]+(?:Error|Exception)\b.*)/, // a Java exception below py4j's own
  /^Exception in thread "[^"]*" (.+)/,
  /^((?:[\w.$]+\.)?\w*(?:Error|Exception|Interrupt)\b.*)/,
  /(.*(?:error|exception).*)/i,
];

/** What happened, if possible in one line of its output: the last match of the innermost form that occurs. */
function causeOf(evidence: FailureEvidence, lines: readonly string[]): FailureCause {
  if (evidence.startError !== null) return message(evidence.startError);
  if (evidence.endedBySignal === 'SIGKILL') {
    return { kind: 'killed', by: evidence.outOfMemory === true ? 'kernel' : 'somebody' };
  }
  const words = [...linesOf(evidence.exception ?? ''), ...lines].map((line) => line.trim());
  for (const form of forms) {
    const found = words.map((line) => form.exec(line)?.[1]).filter((match) => match !== undefined);
    const last = found.at(-1);
    if (last !== undefined) return message(last);
  }
  return { kind: 'exit', exitCode: evidence.exitCode, signal: evidence.endedBySignal };
}

const longestMessage = 400;

function message(text: string): FailureCause {
  return { kind: 'message', text: text.slice(0, longestMessage) };
}
