import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Toolchain } from '../../src/model/toolchain.js';
import { projectPath } from '../../src/process/project-paths.js';
import { log4jOfConsole } from '../../src/spark/submit/log4j-of-console.js';
import { hadoopJars } from './hadoop-jars.js';

/** What is there: applications of YARN, ended ones too; containers that are not complete; paths of files in HDFS. */
interface HadoopView {
  readonly applications: readonly { readonly id: string; readonly state: string }[];
  readonly containers: number;
  readonly files: readonly string[];
}

export interface MiniHadoop extends AsyncDisposable {
  readonly pid: number;
  /** `hdfs://127.0.0.1:PORT`. */
  readonly hdfs: string;
  /** For HADOOP_CONF_DIR. */
  readonly confFolder: string;
  readonly look: () => Promise<HadoopView>;
}

/** Starts HDFS and YARN in one Java on the loopback interface. Disposing ends it with all its containers. */
export async function startMiniHadoop(toolchain: Toolchain, folder: string): Promise<MiniHadoop> {
  const jars = await hadoopJars(toolchain);
  mkdirSync(folder);
  const settings = join(folder, 'log4j2.properties');
  writeFileSync(settings, log4jOfConsole);
  const child = spawn(
    toolchain.java.executable,
    [
      ...['-Xmx768m', `-Dlog4j2.configurationFile=${settings}`],
      ...['-cp', [...jars, join(toolchain.spark.home, 'jars', '*')].join(delimiter)],
      ...[projectPath('test/fixtures/hadoop/MiniHadoop.java'), folder],
    ],
    { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const ended = once(child, 'close');
  child.stderr.pipe(createWriteStream(join(folder, 'hadoop.log')));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async () => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`Hadoop has ended; see ${join(folder, 'hadoop.log')}`);
    return line.value;
  };
  const hdfs = /^ready (\S+)$/.exec(await next())?.[1];
  if (hdfs === undefined || child.pid === undefined) throw new Error('Hadoop is not ready');
  return {
    ...{ pid: child.pid, hdfs, confFolder: join(folder, 'conf') },
    look: async () => {
      child.stdin.write('look\n');
      return JSON.parse(await next()) as HadoopView;
    },
    [Symbol.asyncDispose]: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
