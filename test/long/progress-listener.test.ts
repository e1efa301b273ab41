import { expect } from 'chai';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../src/process/project-paths.js';
import { runCommand } from '../../src/process/run-command.js';
import { submitCommand } from '../../src/spark/submit/submit-command.js';
import { realToolchain } from '../helpers/real-broker.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

interface Line {
  readonly at: number;
  readonly event: string;
  readonly runId?: string;
  readonly progress?: { readonly runId: string };
  readonly stages?: readonly number[];
  readonly exception?: string | null;
}
type Known = Record<
  'counted' | 'broken',
  { runId: string; progress: NonNullable<Line['progress']>[] }
>;

describe('the progress listener, beside a real Spark', () => {
  const folder = temporaryFolder();
  const { env, signal } = testHost().host;

  for (const version of ['3.5.7', '4.2.0']) {
    it(`writes what Spark ${version} itself says, and an error of its own stays away from the job`, async () => {
      const scratch = join(folder, version);
      mkdirSync(join(scratch, 'input'), { recursive: true });
      const progressFile = join(scratch, 'progress.ndjson');
      const command = submitCommand({
        toolchain: await realToolchain(version),
        env,
        knobs: {
          'spark.master': 'local[2]',
          'spark.sql.shuffle.partitions': 2,
          'spark.sql.streaming.noDataProgressEventInterval': 1_000,
        },
        files: { scratch },
        submission: {
          files: [],
          application: [
            projectPath('spark-jobs/launcher.py'),
            projectPath('test/fixtures/jobs/observed_queries.py'),
            join(scratch, 'input'),
          ],
          env: {
            PYTHONPATH: projectPath('spark-jobs'),
            STREAMTUNE_PROGRESS_FILE: progressFile,
            STREAMTUNE_EFFECTIVE_CONF_FILE: join(scratch, 'no such folder', 'conf.json'),
          },
        },
      });
      const { exitCode, stdout, stderr } = await runCommand(command, {
        signal,
        timeoutMs: 180_000,
      });
      expect(exitCode, stdout + stderr).to.equal(0);
      const raised = [...stdout.matchAll(/^streamtune's observer: (\w+)/gm)].map(
        ([, name]) => name,
      );
      const missing = 'FileNotFoundError';
      expect(raised, 'once for each query').to.deep.equal([missing, missing]);

      const known = JSON.parse(/^KNOWN (.*)$/m.exec(stdout)?.[1] ?? '{}') as Known;
      const lines = readFileSync(progressFile, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Line);
      expect(lines.every(({ at }) => Number.isInteger(at))).to.equal(true);
      for (const [name, progresses, exception] of [
        ['counted', 3, /^null$/],
        ['broken', 2, /brökén/],
      ] as const) {
        const { runId, progress } = known[name];
        const own = lines.filter((line) => (line.runId ?? line.progress?.runId) === runId);
        expect(own.filter(({ event }) => event !== 'idle').map(({ event }) => event)).to.deep.equal(
          ['started', ...Array<string>(progresses).fill('progress'), 'terminated'],
        );
        expect(own.some(({ event }) => event === 'idle')).to.equal(name === 'counted');
        expect(own.flatMap((line) => line.progress ?? [])).to.deep.equal(progress);
        const ended = own.at(-1);
        expect(ended).to.have.all.keys('at', 'event', 'runId', 'exception');
        expect(String(ended?.exception)).to.match(exception);
      }
      const tasks = lines.filter(({ event }) => event === 'tasks');
      expect(tasks.map(({ stages }) => stages)).to.deep.equal([[1, 2]]);
    });
  }
});
