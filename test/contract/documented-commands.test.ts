import { expect } from 'chai';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parse, parseDocument, type Document, type YAMLMap } from 'yaml';
import { runCommandLine } from '../../src/cli/command-line.js';
import { parseExperiment } from '../../src/config/parse-experiment.js';
import { HarnessError } from '../../src/model/harness-error.js';
import { projectPath } from '../../src/process/project-paths.js';
import {
  copiedFrom,
  helpExamples,
  pages,
  shellWords,
  type Copied,
} from '../helpers/documented-commands.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { testHost } from '../helpers/test-host.js';

type Treatment =
  /** Run as it is written; `exits` are the exit codes that are right, if not 0. */
  | { readonly run: true; readonly exits?: readonly number[] }
  /** Another line is run in its place. */
  | { readonly as: (line: string) => string; readonly because: string }
  /** Read and checked up to its first contact with the world, then interrupted. */
  | { readonly checked: string }
  /** Not run here. */
  | { readonly left: string };

/** A machine without faults, about as fast as the one in the README: a run that the pages show must end well on it. */
const calmWorld = 'version: 1\nrowsPerSecond: 3000\nnoise: { trial: 3% }\n';
const simulated = ' --simulate calm.yaml';
/** A night has too many trials for a test. */
const brief = (line: string) =>
  (line.includes('overnight') ? `${line} --blocks 1` : line) + simulated;
const streamtune = String.raw`^node bin/streamtune\.js`;

/** How each command is tried, the first row that matches. A command without a row fails the test. */
const table: readonly (readonly [RegExp, Treatment])[] = [
  [
    /^npm start$/,
    {
      as: () => `node bin/streamtune.js run experiments/quick.yaml${simulated}`,
      because: 'it runs quick.yaml for minutes, after a set-up',
    },
  ],
  [/^PYSPARK_PYTHON=/, { left: 'it needs the Spark that set-up installs' }],
  [/^npm test$/, { left: 'it is what runs this test' }],
  [/^npm run test:(file|watch)\b/, { left: 'it would run tests within a test' }],
  [/^cp /, { run: true }],
  [
    /^nohup /,
    {
      as: (line) => brief(line.replace(/^nohup (.*) > night\.log 2>&1 &$/, '$1')),
      because: 'the tests of signals start real processes under nohup',
    },
  ],
  [
    /^tmux /,
    {
      as: (line) => brief(line.replace(/^tmux new-session -s night '(.*); exec "\$SHELL"'$/, '$1')),
      because: 'tmux needs a terminal',
    },
  ],
  [
    /^systemd-run /,
    {
      as: (line) =>
        brief(line.replace(/^systemd-run .* "\$PWD\/(bin\/streamtune\.js)"/, 'node $1')),
      because: "it needs a user's systemd",
    },
  ],
  [
    /^node bin\/streamtune\.js run .* --serve$/,
    {
      as: (line) => brief(line.replace(' --serve', '')),
      because: 'a test of its own starts the process of the page',
    },
  ],
  [/^node bin\/streamtune\.js serve\b/, { checked: 'it serves until Ctrl-C' }],
  [/^ssh /, { left: 'it needs another machine' }],
  [/^(loginctl|journalctl|systemctl) /, { left: "it needs a user's systemd" }],
  [
    new RegExp(`${streamtune} run .* --on-finish -- `),
    {
      as: (line) => line.replace(' --on-finish -- notify-send', `${simulated} --on-finish -- true`),
      because: 'a desktop would show it',
    },
  ],
  [new RegExp(`${streamtune} run .*--dry-run`), { run: true }],
  // This world loses its broker now and then, so some trials fail.
  [new RegExp(`${streamtune} run .*--simulate`), { run: true, exits: [0, 1] }],
  [new RegExp(`${streamtune} run `), { as: brief, because: 'it takes minutes or a night' }],
  [new RegExp(`${streamtune} lint `), { run: true, exits: [0, 2] }],
  [
    new RegExp(`${streamtune} (plan|knobs|runs|status|resume|report|answers|generate)\\b`),
    { run: true },
  ],
  [
    new RegExp(`${streamtune} compare before/ after/`),
    {
      as: (line) => line.replaceAll(/(before|after)\//g, 'docs/examples/driver.log'),
      because: "the logs are a reader's own",
    },
  ],
  // Whether the newest two are alike is up to the pages before.
  [new RegExp(`${streamtune} compare results/2026`), { run: true, exits: [0, 1, 2] }],
  [new RegExp(`${streamtune} compare `), { run: true }],
  [new RegExp(`${streamtune} import .*--follow`), { checked: 'it would follow without end' }],
  [new RegExp(`${streamtune} import docs/examples/`), { run: true }],
  [new RegExp(`${streamtune} diagnose docs/examples/`), { run: true }],
  [
    new RegExp(`${streamtune} (import|diagnose) `),
    {
      as: (line) => line.replace(/ (import|diagnose) \S+/, ' $1 docs/examples/driver.log'),
      because: "the log is a reader's own",
    },
  ],
  [
    new RegExp(`${streamtune} init `),
    {
      as: (line) => `${line} --yes --force`,
      because: 'there is nobody to ask, and the page shows what it writes by hand, too',
    },
  ],
  [new RegExp(`${streamtune} submit `), { checked: 'it starts a broker and a Spark' }],
  [new RegExp(`${streamtune} kafka (down|status)`), { run: true, exits: [0, 3] }],
  [new RegExp(`${streamtune} cluster (down|status)`), { run: true, exits: [0, 3] }],
  [new RegExp(`${streamtune} cluster up`), { checked: 'a test with a real Spark runs it' }],
  [new RegExp(`${streamtune} kafka up`), { checked: 'a test with a real broker runs it' }],
  [
    new RegExp(`${streamtune} (topic|produce|consume) `),
    { checked: 'tests with a real broker run them' },
  ],
  [new RegExp(`${streamtune} setup`), { checked: 'it would install' }],
  [new RegExp(`${streamtune} doctor`), { checked: 'it says what this machine lacks' }],
  [new RegExp(`${streamtune} completion`), { left: 'a test of its own runs it in a real Bash' }],
];

/** Names that stand for something of the reader's own. */
const placeholder = /results\/(\.\.\.|THE-FOLDER-OF-YOUR-RUN|2026-01-31T20-00-00-\w+)/g;

describe('every command that a reader may copy', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const cwd = process.cwd();

  before(() => {
    for (const name of ['bin', 'experiments', 'docs', 'data'])
      symlinkSync(projectPath(name), join(folder, name));
    writeFileSync(join(folder, 'calm.yaml'), calmWorld);
    const ownJob = readFileSync(projectPath('docs/own-job.md'), 'utf8');
    writeFileSync(join(folder, 'my_job.py'), /^```python\n(.*?)^```$/ms.exec(ownJob)?.[1] ?? '');
    process.chdir(folder);
  });
  after(() => {
    process.chdir(cwd);
  });

  for (const page of pages().filter((name) => copiedFrom(name).length > 0)) {
    it(`does what ${page} says`, async () => {
      for (const copied of copiedFrom(page)) {
        if (copied.kind === 'command') await tryOut(copied);
        else if (parseDocument(copied.text).has('jobs')) await tryWorkflow(copied);
        else takeOver(copied);
      }
    });
  }

  it('is an example in the help', async () => {
    copyFileSync(projectPath('experiments/quick.yaml'), join(folder, 'my.yaml'));
    await call(`node bin/streamtune.js run my.yaml${simulated}`);
    const examples = helpExamples();
    expect(examples.map(({ text }) => text)).not.to.include('');
    expect(examples).to.have.length.greaterThan(30);
    for (const example of examples) await tryOut(example);
  });

  it('is tried by some row of the table, and each row by some command', () => {
    const all = [...pages().flatMap(copiedFrom), ...helpExamples()].filter(
      ({ kind }) => kind === 'command',
    );
    const rows = all.map(({ text }) => table.findIndex(([pattern]) => pattern.test(text)));
    expect(
      all.filter((_one, at) => rows[at] === -1).map(({ where, text }) => `${where}: ${text}`),
    ).to.deep.equal([]);
    expect(
      [...table.keys()].filter((row) => !rows.includes(row)).map((row) => String(table[row]![0])),
    ).to.deep.equal([]);
  });

  /** An experiment of its own becomes a file by its name; a part of one goes into the file that was copied before. */
  function takeOver({ text, where }: Copied): void {
    const document = parseDocument(text);
    const name = (document.get('name') as string | undefined) ?? 'my-first';
    const file = join(folder, `${name}.yaml`);
    const whole = document.has('version') ? text : String(merged(where, document, file));
    const isWhole = /^docs\/(own-job|ci)/.test(where) && document.has('version');
    if (where.startsWith('README') || where.startsWith('docs/tutorial') || isWhole)
      writeFileSync(file, whole);
    expect(() => parseExperiment({ text: whole, file: where })).not.to.throw();
  }

  /** Each line that a step runs, as from a project that has streamtune installed. */
  async function tryWorkflow({ text, where }: Copied): Promise<void> {
    const { jobs } = parse(text) as {
      jobs: Record<string, { steps: { uses?: string; run?: string }[] }>;
    };
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    for (const { uses } of steps) if (uses !== undefined) expect(uses).to.match(/^actions\/.*@v\d/);
    const lines = steps.flatMap(({ run }) => run?.trim().split('\n') ?? []);
    expect(lines.shift()).to.equal('npm ci');
    expect(lines).to.have.length.greaterThan(2);
    for (const line of lines) {
      expect(line).to.match(/^npx streamtune /);
      const given = line
        .replace('npx streamtune', 'node bin/streamtune.js')
        .replaceAll(/(results\/\w+)\/\*/g, (_glob, root: string) =>
          join(root, readdirSync(join(folder, root))[0]!),
        );
      await tryOut({ kind: 'command', text: given, where });
    }
    expect(readFileSync(join(folder, '$GITHUB_STEP_SUMMARY'), 'utf8')).to.match(/^\*\*Simulated/);
  }

  function merged(where: string, part: Document, file: string): Document {
    const inTutorial = where.startsWith('docs/tutorial');
    const whole = parseDocument(
      inTutorial ? readFileSync(file, 'utf8') : 'version: 1\nname: part\n',
    );
    for (const { key, value } of (part.contents as YAMLMap | null)?.items ?? [])
      whole.set(String(key), value);
    for (const { key } of (whole.get('factors') as YAMLMap | undefined)?.items ?? [])
      if (whole.has('knobs')) whole.deleteIn(['knobs', String(key)]);
    return whole;
  }

  async function tryOut({ text, where }: Copied): Promise<void> {
    const treatment = table.find(([pattern]) => pattern.test(text))?.[1];
    if (treatment === undefined)
      throw new Error(`${where}: no row of the table says how to try: ${text}`);
    if ('left' in treatment) return;
    const line = 'as' in treatment ? treatment.as(text) : text;
    if ('as' in treatment) expect(line, `${where}: the row rewrites it`).not.to.equal(text);
    const { code, stderr } = await call(line, 'checked' in treatment);
    const right =
      'run' in treatment ? (treatment.exits ?? [0]) : 'checked' in treatment ? [0, 3, 130] : [0];
    expect(right, `${where}: ${line}\n${stderr.split('\n').slice(-12).join('\n')}`).to.include(
      code,
    );
  }

  /** Calls the program as the line does, in this process, and gives its exit code. */
  async function call(line: string, interrupt = false): Promise<{ code: number; stderr: string }> {
    const { words, into } = shellWords(line.replaceAll(placeholder, () => newestRun()));
    if (words[0] === 'cp') {
      copyFileSync(words[1]!, words[2]!);
      return { code: 0, stderr: '' };
    }
    expect(words.slice(0, 2)).to.deep.equal(['node', 'bin/streamtune.js']);
    const env = { ...process.env, STREAMTUNE_CACHE: join(folder, 'cache'), HOME: folder };
    const { host, written, controller } = testHost(env);
    if (interrupt) controller.abort();
    const code = await runCommandLine(words.slice(2), host).catch((error: unknown) => {
      if (!(error instanceof HarnessError)) throw error;
      written.err += `${error.code}: ${error.message}\n`;
      return error.exitCode;
    });
    if (into !== undefined && code === 0) {
      expect(written.out).not.to.equal('');
      writeFileSync(into, written.out);
    }
    return { code, stderr: written.err };
  }

  function newestRun(): string {
    const results = join(folder, 'results');
    mkdirSync(results, { recursive: true });
    const runs = readdirSync(results).filter((name) =>
      existsSync(join(results, name, 'manifest.json')),
    );
    expect(runs, 'a run that stands before').not.to.deep.equal([]);
    return join('results', runs.sort().at(-1)!);
  }
});
