import { expect } from 'chai';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectPath } from '../../src/process/project-paths.js';
import { isGone } from '../helpers/process-state.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

/** A driver without a JVM: the script itself stands where the launcher would be. */
const program = `
import json, os, socket, sys, types
gateway = types.ModuleType("py4j.java_gateway")
gateway.JavaObject = None
sys.modules.update({"py4j": types.ModuleType("py4j"), "py4j.java_gateway": gateway})
import script_process

class Nothing:
    def __init__(self, *_all):
        pass

    def look(self):
        pass

    def take_back(self):
        return ["it has left a table"] if os.environ.get("LEAVES") else []

    def forget_others(self):
        pass

script_process.LeftBehind = script_process.JavaBindings = Nothing
script_process.LAUNCHER = sys.argv[1]
mine, other = socket.socketpair()
if len(sys.argv) > 2:
    other.close()
scripts = script_process.Scripts(None, mine)
env = {"STAGE": "test", "STREAMTUNE_SCRIPT": "given.json", "PYTHONPATH": "/elsewhere"}
command = {"job": os.path.abspath(sys.argv[1]), "args": ["--rate", "5"], "env": env}
print(json.dumps([scripts.run(command), scripts.run(command)]))
`;

describe("the process of a script's trial in a live driver", () => {
  const folder = temporaryFolder();

  function run(source: string, { isLeft = false, leaves = false } = {}) {
    const script = join(folder, 'job.py');
    writeFileSync(
      script,
      `import json, os, sys\ntold = json.loads(os.environ["STREAMTUNE_LIVE"])
def write(*texts):
    with open(told["unfit"], "w") as file:
        json.dump(texts, file)
${source}`,
    );
    const env = {
      ...process.env,
      PYTHONPATH: projectPath('spark-jobs'),
      PYTHONDONTWRITEBYTECODE: '1',
      LEAVES: leaves ? '1' : '',
    };
    const args = ['-c', program, script, ...(isLeft ? ['left'] : [])];
    const ended = spawnSync('python3', args, { env, encoding: 'utf8' });
    expect(ended.status, ended.stderr).to.equal(0);
    const lines = ended.stdout.trim().split('\n');
    const [one] = JSON.parse(lines.at(-1) ?? '') as [[boolean, string[]]];
    return { one, said: lines.slice(0, -1), stderr: ended.stderr };
  }

  it('has its arguments, folder and environment, and those that its workers get', () => {
    const { one, said, stderr } = run(`write()
print(json.dumps([sys.argv[1:], os.getcwd(), os.environ["STAGE"], os.environ["PYTHONPATH"], told["number"], told["worker"]]))
sys.stdout.flush()`);
    const script = join(folder, 'job.py');
    const first = [[script, '--rate', '5'], folder, 'test', projectPath('spark-jobs'), 1];
    expect(
      said.map((line) => JSON.parse(line) as unknown),
      stderr,
    ).to.deep.equal([
      [...first, { STAGE: 'test' }],
      [...first.slice(0, -1), 2, { STAGE: 'test' }],
    ]);
    expect(one).to.deep.equal([false, []]);
  });

  it('fails with its script', () => {
    expect(run('write()\nsys.exit(3)').one).to.deep.equal([true, []]);
  });

  it('tells what the context could not answer, and what is left in the JVM', () => {
    const { one } = run('write("it needs memory")', { leaves: true });
    expect(one).to.deep.equal([false, ['it needs memory', 'it has left a table']]);
  });

  it('tells of a script that ends without saying anything, unless a signal ended it', () => {
    expect(run('os._exit(0)').one[1].join()).to.match(/ended its process itself, with os\._exit/);
    expect(run('os.kill(os.getpid(), 9)').one).to.deep.equal([true, []]);
  });

  it('is ended when nobody waits for the trial any longer', () => {
    const { one } = run('import time\ntime.sleep(600)', { isLeft: true });
    expect(one).to.deep.equal([true, []]);
  });
});

/** A process group whose leader starts the driver, as the JVM does. */
const leader = `
import os, subprocess, sys
from types import ModuleType
if os.environ.get("PART") == "leader":
    os.environ["PART"] = "driver"
    os.setpgrp()
    sys.exit(subprocess.run([sys.executable, "-c", sys.argv[1], sys.argv[1]]).returncode)
gateway = ModuleType("py4j.java_gateway")
gateway.JavaObject = None
sys.modules.update({"py4j": ModuleType("py4j"), "py4j.java_gateway": gateway})
from script_process import end_all, processes_of_group
before = processes_of_group()
left = subprocess.Popen(["sleep", "600"])
print(left.pid, flush=True)
end_all(processes_of_group() - before)
left.wait()
`;

describe('what a script has started', () => {
  it('ends with its trial', async () => {
    const env = {
      ...process.env,
      PYTHONPATH: projectPath('spark-jobs'),
      PYTHONDONTWRITEBYTECODE: '1',
      PART: 'leader',
    };
    const child = spawn('python3', ['-c', leader, leader], { env });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await once(child, 'close');
    const pid = Number(/^(\d+)/.exec(text)?.[1]);
    expect(pid).to.be.greaterThan(0);
    expect(isGone(pid)).to.equal(true);
  });
});
