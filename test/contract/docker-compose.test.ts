import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { parse } from 'yaml';
import { projectPath } from '../../src/process/project-paths.js';

interface Compose {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly image: string;
        readonly ports?: readonly (
          string | { readonly host_ip?: string; readonly target: number }
        )[];
        readonly environment?: Readonly<Record<string, string>>;
        readonly command?: readonly string[];
      }
    >
  >;
}

/** Compose programs that can check a file, the one in Debian's packages first. */
const parsers: readonly (readonly [string, readonly string[]])[] = [
  ['docker-compose', []],
  ['docker', ['compose']],
];

/** The file as a real Compose parser understands it; undefined where the machine has none. */
function parsedByCompose(): Compose | undefined {
  const file = projectPath('docker-compose.yml');
  for (const [program, before] of parsers) {
    if (spawnSync(program, [...before, 'version']).status !== 0) continue;
    const { status, stdout, stderr } = spawnSync(program, [...before, '-f', file, 'config'], {
      encoding: 'utf8',
    });
    expect(status, stderr).to.equal(0);
    return parse(stdout) as Compose;
  }
  return undefined;
}

describe('docker-compose.yml', () => {
  let compose: Compose;
  before(function () {
    const found = parsedByCompose();
    if (found === undefined) {
      console.error(
        'NOT CHECKED: docker-compose.yml, as there is neither docker-compose nor docker compose',
      );
      this.skip();
    } else compose = found;
  });

  it('holds a broker, a topic browser, a Spark master and two workers', () => {
    expect(Object.keys(compose.services).sort()).to.deep.equal([
      'kafka',
      'kafka-ui',
      'spark-master',
      'spark-worker-1',
      'spark-worker-2',
    ]);
    const workers = ['spark-worker-1', 'spark-worker-2'].map((name) => compose.services[name]);
    for (const worker of workers) expect(worker?.command).to.include('spark://spark-master:7077');
  });

  it('reaches the broker at localhost:9092 from here and at kafka:29092 from containers', () => {
    const environment = compose.services['kafka']?.environment;
    const advertised = environment?.['KAFKA_ADVERTISED_LISTENERS'];
    expect(advertised).to.equal('HOST://localhost:9092,CONTAINERS://kafka:29092');
    expect(compose.services['kafka-ui']?.environment).to.include({
      KAFKA_CLUSTERS_0_BOOTSTRAPSERVERS: 'kafka:29092',
    });
    expect(JSON.stringify(compose.services['kafka']?.ports)).to.contain('9092');
  });

  it('opens its ports on this machine only', () => {
    for (const [name, { ports = [] }] of Object.entries(compose.services)) {
      for (const port of ports) {
        const host = typeof port === 'string' ? port.split(':')[0] : port.host_ip;
        expect(host, name).to.equal('127.0.0.1');
      }
    }
  });

  it('pins every image to a version', () => {
    for (const { image } of Object.values(compose.services)) {
      expect(image).to.match(/:v?\d+\.\d+\.\d+/);
    }
  });
});
