import { expect } from 'chai';
import { analyseRun } from '../../../src/analysis/analyse-run.js';
import { environmentsOf, identityOfSparks } from '../../../src/run/backends/environments.js';
import { differencesOf } from '../../../src/run/run-manifest.js';
import type { RunRecord } from '../../../src/model/run/run-record.js';
import type { Toolchain } from '../../../src/model/toolchain.js';
import { submitCommand } from '../../../src/spark/submit/submit-command.js';
import { renderMarkdown } from '../../../src/report/markdown/markdown-report.js';
import { renderTerminal } from '../../../src/report/terminal-table.js';
import { runRecord } from '../../helpers/run-record.js';

const text = `version: 1
name: versions
factors: { spark.version: [3.5.7, 4.2.0] }
design: { blocks: 4 }
measurement: { warmup: 1s }
`;

const toolchain = (version: string, scala: string): Toolchain => ({
  java: { home: '/jdk', executable: '/jdk/bin/java', version: '17', major: 17, source: 'PATH' },
  python: { executable: `/${version}/bin/python`, version: '3.11.1' },
  spark: {
    ...{ home: `/spark-${version}`, version, scala, source: 'PyPI' },
    connectorJars: [`/jars/kafka-clients-for-${version}.jar`],
  },
  kafka: { version: '4.4.0', classPath: [] },
  notes: [],
});
const all = [
  { toolchain: toolchain('3.5.7', '2.12') },
  { toolchain: toolchain('4.2.0', '2.13') },
] as const;

/** A run in which the newer version is twice as fast. */
function run(): RunRecord {
  const record = runRecord(text, ({ block, configuration: { levels } }) =>
    levels['spark.version'] === '4.2.0' ? 250 + block : 500 + 3 * block,
  );
  return { ...record, manifest: { ...record.manifest, ...identityOfSparks([...all]) } };
}

describe('a run with several versions of Spark', () => {
  it('submits each configuration with its own Spark, connector and Python, and no setting of that name', () => {
    const { experiment, plan } = run();
    const environments = environmentsOf({ experiment, plan }, all);
    const commands = plan.configurations.map(({ knobs }) =>
      submitCommand({
        ...environments.of(knobs),
        ...{ env: {}, knobs, files: { scratch: '/scratch' } },
        submission: { application: ['job.py'], files: [], env: {} },
      }),
    );
    const files = commands.map(({ file }) => file);
    expect(files).to.deep.equal([
      '/spark-3.5.7/bin/spark-submit',
      '/spark-3.5.7/bin/spark-submit',
      '/spark-4.2.0/bin/spark-submit',
    ]);
    for (const { args, env, file } of commands) {
      const version = /spark-([\d.]+)/.exec(file)?.[1] ?? '';
      expect(args.join(' ')).to.contain(`kafka-clients-for-${version}.jar`);
      expect(args.join(' ')).not.to.contain('spark.version');
      expect(env['PYSPARK_PYTHON']).to.equal(`/${version}/bin/python`);
    }
  });

  it('says that a version is many changes at once, and what each of them is', () => {
    const markdown = renderMarkdown(analyseRun(run()));
    expect(markdown).to.contain('`spark.version` is many changes at once');
    expect(markdown).to.contain(
      'Spark 3.5.7: Scala 2.12, Java 17, Python 3.11.1, Kafka client for-3.5.7.',
    );
    expect(markdown).to.contain('Spark 4.2.0: Scala 2.13');
    expect(markdown).to.match(/\| Spark +\| 3\.5\.7, 4\.2\.0/);
  });

  it('tells the spark-submit to call with its connector, as a version is no --conf', () => {
    const model = analyseRun(run());
    const packages = '--packages org.apache.spark:spark-sql-kafka-0-10_2.13:4.2.0';
    const markdown = renderMarkdown(model);
    expect(markdown).to.contain('For `spark-submit` of Spark 4.2.0:').and.to.contain(packages);
    expect(markdown).not.to.contain('--conf spark.version');
    expect(renderTerminal(model, 120)).to.contain(packages);
  });

  it('is not resumed quietly on another one of them', () => {
    const { manifest } = run();
    const [old] = all;
    const other = { toolchain: toolchain('4.2.1', '2.13') };
    const differences = differencesOf(manifest, {
      ...manifest,
      ...identityOfSparks([old, other]),
    });
    expect(differences.join('\n')).to.contain('Spark was 3.5.7, 4.2.0 and is 3.5.7, 4.2.1');
  });
});
