import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Toolchain } from '../../src/model/toolchain.js';
import { projectPath } from '../../src/process/project-paths.js';

/** Compiles a program in `test/fixtures/jobs/jvm` against a Spark, and packs it. Returns the jar's path. */
export function buildJar(
  { java, spark }: Pick<Toolchain, 'java' | 'spark'>,
  name: string,
  { folder, without = [] }: { readonly folder: string; readonly without?: readonly string[] },
): string {
  const classes = join(folder, `${name}-classes`);
  mkdirSync(classes, { recursive: true });
  const source = projectPath(join('test/fixtures/jobs/jvm', `${name}.java`));
  const classPath = join(spark.home, 'jars', '*');
  run(java.home, 'javac', ['-nowarn', '-cp', classPath, '-d', classes, source]);
  for (const left of without) rmSync(join(classes, `${left}.class`));
  const jar = join(folder, `${name}.jar`);
  run(java.home, 'jar', ['--create', '--file', jar, '-C', classes, '.']);
  return jar;
}

/** Runs a tool of the JDK that the trials run on, or of another one if that is a runtime only. */
function run(home: string, tool: string, args: readonly string[]): void {
  const own = join(home, 'bin', tool);
  const { status, stderr, error } = spawnSync(existsSync(own) ? own : tool, args, {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${tool} failed: ${stderr} ${error?.message ?? ''}`);
}
