import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { projectPath } from '../../src/process/project-paths.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

/** A PySpark without a JVM, whose live driver was started with what `submitted` says; runs the script. */
const program = `
import json, os, runpy, sys
import pyspark
from pyspark import JConf, SparkContext

class Pair:
    def __init__(self, key, value):
        self._1, self._2 = (lambda: key), (lambda: value)

JConf.getAll = lambda self: [Pair(*pair) for pair in self.settings.items()]
submitted = {"spark.a": "trial", "spark.from.submit": "1", "spark.master": "local[2]"}

class Submitted(JConf):
    def __init__(self):
        self.settings = dict(submitted)

class Settings(JConf):
    def __init__(self, settings):
        self.settings = settings

    def isModifiable(self, key):
        return key.startswith("spark.sql.") and "warehouse" not in key

class Live:
    def getConf(self):
        return Settings(submitted)

    def stop(self):
        pyspark.calls.append("the JVM's own stop")

class Name:
    """Any name of the JVM."""
    def __init__(self, **known):
        self.__dict__.update(known)

session = Settings({})
default = Name(isDefined=lambda: True, get=lambda: Name(conf=lambda: session))
java = Name(JavaSparkContext=lambda context: Live())
spark = Name(SparkContext=Name(getOrCreate=lambda: None), api=Name(java=java))
SparkContext._jvm = Name(
    org=Name(apache=Name(spark=spark)),
    SparkSession=Name(getDefaultSession=lambda: default),
)
pool = Name(next_id=0)
SparkContext._gateway = Name(gateway_property=Name(pool=pool))
SparkContext._ensure_initialized = classmethod(lambda cls: None)

def init(context, conf=None):
    context.environment = {}
    context._jsc = context._initialize_context((conf or pyspark.SparkConf())._jconf)
    context.conf = context._jsc.getConf()

def stop(context):
    context._jsc.stop()
    context._jsc = None

SparkContext.__init__, SparkContext.stop = init, stop
pyspark.JConf = Submitted

from live_context import LiveContext

live = LiveContext()
live.patch()
space = runpy.run_path(sys.argv[1], run_name="__main__")
live.write(sys.argv[1])
told = {"session": session.settings, "next": pool.next_id, "calls": pyspark.calls}
context = space.get("sc")
print(json.dumps({**told, "worker": context and context.environment}))
`;

describe('the context that a live driver answers a script with', () => {
  const folder = temporaryFolder();

  function run(source: string, module = '') {
    const script = join(folder, 'job.py');
    const unfit = join(folder, 'unfit.json');
    writeFileSync(script, `from pyspark import SparkConf, SparkContext\n${source}`);
    mkdirSync(join(folder, 'lib'), { recursive: true });
    writeFileSync(join(folder, 'lib', 'mine.py'), module);
    const paths = ['spark-jobs', 'test/fixtures/pyspark'].map(projectPath);
    const live = { number: 3, worker: { STAGE: 'test' }, unfit, turns: null };
    const env = {
      ...process.env,
      PYTHONPATH: [...paths, join(folder, 'lib')].join(delimiter),
      PYTHONDONTWRITEBYTECODE: '1',
      STREAMTUNE_LIVE: JSON.stringify(live),
    };
    const ended = spawnSync('python3', ['-c', program, script], { env, encoding: 'utf8' });
    expect(ended.status, ended.stderr).to.equal(0);
    const told = JSON.parse(ended.stdout) as Record<
      'session' | 'next' | 'calls' | 'worker',
      unknown
    >;
    return { ...told, unfit: JSON.parse(readFileSync(unfit, 'utf8')) as string[] };
  }
  const context = (settings: string) => `sc = SparkContext(SparkConf()${settings})\n`;

  it('is that of the driver, and goes on when the script stops its own', () => {
    const { calls, unfit, next, worker } = run(
      `${context('')}sc.stop()\nassert sc.__dict__["_jsc"] is None`,
    );
    expect(calls).to.deep.equal([]);
    expect(unfit).to.deep.equal([]);
    expect(next, 'proxies with names of their own').to.equal(3_000_000);
    expect(worker, 'workers of their own').to.deep.equal({ STAGE: 'test', STREAMTUNE_TRIAL: '3' });
  });

  it("has the settings of a session in the trial's session", () => {
    const { session, unfit } = run(context('.set("spark.sql.shuffle.partitions", "7")'));
    expect(session).to.deep.equal({ 'spark.sql.shuffle.partitions': '7' });
    expect(unfit).to.deep.equal([]);
  });

  it('does not mind settings without an effect, or those that the driver has', () => {
    const settings =
      '.set("spark.app.name", "mine").set("spark.ui.port", "3000").set("spark.master", "local[2]")';
    expect(run(context(settings)).unfit).to.deep.equal([]);
  });

  const cold: readonly (readonly [what: string, source: string, told: RegExp])[] = [
    [
      'memory of its own',
      context('.set("spark.driver.memory", "4g")'),
      /^it sets spark\.driver\.memory to 4g, and the driver was started without$/,
    ],
    [
      'another master',
      context('.set("spark.master", "local[8]")'),
      /^it sets spark\.master to local\[8\], and the driver was started with local\[2\]$/,
    ],
    [
      "a static setting of Spark's SQL",
      context('.set("spark.sql.warehouse.dir", "/data")'),
      /^it sets spark\.sql\.warehouse\.dir to \/data/,
    ],
    [
      'a second context',
      `${context('')}sc.stop()\n${context('')}`,
      /^it makes another SparkContext after it has stopped one$/,
    ],
    [
      'a way into the JVM',
      `${context('')}java = sc and "sc._jvm.System"`,
      /^it uses the JVM itself \(job\.py:3\)/,
    ],
  ];
  for (const [what, source, told] of cold) {
    it(`tells the driver of ${what}`, () => {
      const { unfit } = run(source);
      expect(unfit).to.have.lengthOf(1);
      expect(unfit[0]).to.match(told);
    });
  }

  it("finds a way into the JVM in the script's modules as well", () => {
    const { unfit } = run(`import mine\n${context('')}`, '\n\ndef f(sc):\n    sc._jsc.stop()\n');
    expect(unfit.join()).to.match(/^it uses the JVM itself \(mine\.py:4\)/);
  });
});
